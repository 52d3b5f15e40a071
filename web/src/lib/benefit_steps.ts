// The steps of a reckoning, made ready to be told: figures as people read them, and days that went the same way taken together.
import type { components } from '../api/office';
import type { Figures } from '../text/benefit_nl';
import { longDay, moneyOfText, plainNumber, share, weekday } from './benefit_format';

export type Step = components['schemas']['Step'];
export interface ToldStep extends Pick<Step, 'code' | 'article' | 'certainty'> { figures: Figures }

const dates = new Set(['first', 'last', 'from', 'day']);
const asTheyAre = new Set(['days', 'year', 'table']);

function told(name: string, value: string): string {
  if (dates.has(name)) return longDay(value);
  if (asTheyAre.has(name)) return value;
  if (name !== 'share') return moneyOfText(value);
  const [part = 0, whole = 1] = value.split('/').map(Number);
  return share(part / whole);
}

export function toldStep({ code, article, certainty, figures }: Step): ToldStep {
  const by: Figures = Object.fromEntries(figures.map(({ name, value }) => [name, told(name, value)]));
  const raw = Object.fromEntries(figures.map(({ name, value }) => [name, value]));
  // What a wage was divided by stands there as the share that one day is.
  const [part = 1, whole = 1] = (raw.share ?? '').split('/').map(Number);
  if (code === 'agreed_wage') by.divisor = plainNumber(whole / part);
  // Which part of the dagloon a day was is told by what came out.
  if (code === 'day' && Number(raw.dagloon) > 0) by.percent = share(Math.round((Number(raw.benefit) / Number(raw.dagloon)) * 1000) / 1000);
  return { code, article, certainty, figures: by };
}

/** A day with what was taken off it. */
interface DaySteps { days: string[]; steps: Step[] }
const alike = (one: DaySteps, other: DaySteps): boolean => {
  const shape = (steps: Step[]) => JSON.stringify(steps.map(({ code, figures }) => [code, figures.filter(({ name }) => name !== 'day')]));
  return shape(one.steps) === shape(other.steps);
};

/** The steps of a week, with one sentence for days that follow each other and are the same. `span` makes a text of the first and the last of them. */
export function stepsOfWeek(steps: readonly Step[], span: (first: string, last: string) => string): ToldStep[] {
  const groups: DaySteps[] = [];
  const rest: Step[] = [];
  for (const step of steps) {
    const day = step.code === 'day' ? step.figures.find(({ name }) => name === 'day')?.value : undefined;
    if (day !== undefined) groups.push({ days: [day], steps: [step] });
    else if (['income', 'sanction'].includes(step.code)) groups.at(-1)?.steps.push(step);
    else rest.push(step);
  }
  const joined: DaySteps[] = [];
  for (const group of groups) {
    const before = joined.at(-1);
    if (before && alike(before, group)) before.days.push(...group.days);
    else joined.push({ ...group, days: [...group.days] });
  }
  const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
  return [...joined.flatMap(({ days, steps: some }) => some.map((step) => {
    const one = toldStep(step);
    return { ...one, figures: { ...one.figures, when: capital(span(weekday(days[0] ?? ''), weekday(days.at(-1) ?? ''))) } };
  })), ...rest.map(toldStep)];
}
