// Lists of functional abilities: as they were signed, as a form holds them, and what is different between two.
import type { components } from '../../api/medical';
import type { Values } from '../../ui/form';

export type Signed = components['schemas']['FunctionalAbilities'];
export type Section = components['schemas']['AbilitySection'];
export type Level = components['schemas']['AbilityLevel'];
/** What a list says, whether it was signed or not. */
export type Abilities = Pick<Signed, 'valid_from' | 'levels' | 'hours_per_day' | 'hours_per_week' | 'nights_possible' | 'sections'>;
type New = components['schemas']['NewFunctionalAbilities'];

export const levelOf = ({ levels }: Abilities, item: string): Level => levels.find((one) => one.item === item)?.level ?? 'normal';
export const sectionOf = ({ sections }: Abilities, section: string) => sections.find((one) => one.section === section) ?? { explanation: '', for_work: '' };

/** A form that starts from this list, to count from a day. */
export function valuesFrom(list: Abilities | undefined, day: string): Values {
  const values: Values = { valid_from: day, nights_possible: String(list?.nights_possible ?? true) };
  if (!list) return values;
  for (const { item, level } of list.levels) values[item] = level;
  if (list.hours_per_day !== null) values['hours_per_day'] = String(list.hours_per_day);
  if (list.hours_per_week !== null) values['hours_per_week'] = String(list.hours_per_week);
  for (const { section, explanation = '', for_work: forWork } of list.sections) {
    values[`explanation_${section}`] = explanation;
    values[`for_work_${section}`] = forWork;
  }
  return values;
}

const hoursOf = (typed: string | undefined): number | null => (typed?.trim() ? Number(typed) : null);
/** What a filled form says. */
export function listFrom(values: Values, sections: readonly Section[]): Abilities {
  const levels = sections.flatMap(({ items }) => items.map(({ item }) => ({ item, level: values[item] as Level | undefined ?? 'normal' })))
    .filter((one): one is Signed['levels'][number] => one.level !== 'normal');
  return {
    valid_from: values['valid_from'] ?? '', levels,
    hours_per_day: hoursOf(values['hours_per_day']), hours_per_week: hoursOf(values['hours_per_week']), nights_possible: values['nights_possible'] !== 'false',
    sections: sections.map(({ section }) => ({ section, explanation: values[`explanation_${section}`]?.trim() ?? '', for_work: values[`for_work_${section}`]?.trim() ?? '' })),
  };
}
/** The same as it is sent, to replace this version. */
export function sent(list: Abilities, replaces: number): New {
  const texts = list.sections.flatMap(({ section, explanation = '', for_work: forWork }) =>
    [[`explanation_${section}`, explanation], [`for_work_${section}`, forWork]].filter(([, text]) => text !== ''));
  return {
    replaces, valid_from: list.valid_from, hours_per_day: list.hours_per_day, hours_per_week: list.hours_per_week, nights_possible: list.nights_possible,
    ...Object.fromEntries(list.levels.map(({ item, level }) => [item, level])), ...Object.fromEntries(texts),
  };
}

export type Change =
  | { what: 'level'; item: string; from: Level; to: Level }
  | { what: 'hours_per_day' | 'hours_per_week'; from: number | null; to: number | null }
  | { what: 'nights_possible'; from: boolean; to: boolean }
  | { what: 'words'; of: 'explanation' | 'for_work'; section: Section['section'] };
/** What a new list says otherwise than the one before; a first one, than that all is normal. */
export function changesOf(before: Abilities | undefined, now: Abilities, sections: readonly Section[]): Change[] {
  const old: Abilities = before ?? { valid_from: '', levels: [], hours_per_day: null, hours_per_week: null, nights_possible: true, sections: [] };
  const changes: Change[] = [];
  for (const { section, items } of sections) {
    for (const { item } of items) {
      const [from, to] = [levelOf(old, item), levelOf(now, item)];
      if (from !== to) changes.push({ what: 'level', item, from, to });
    }
    for (const kind of ['explanation', 'for_work'] as const)
      if ((sectionOf(old, section)[kind] ?? '') !== (sectionOf(now, section)[kind] ?? '')) changes.push({ what: 'words', of: kind, section });
  }
  for (const what of ['hours_per_day', 'hours_per_week'] as const)
    if (old[what] !== now[what]) changes.push({ what, from: old[what], to: now[what] });
  if (old.nights_possible !== now.nights_possible) changes.push({ what: 'nights_possible', from: old.nights_possible, to: now.nights_possible });
  return changes;
}
