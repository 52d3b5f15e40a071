import { useContext, useState } from '#fw';
import { changesOf, levelOf, listFrom, sent, valuesFrom, type Change, type Section, type Signed } from './ability_values';
import { medical, Refused, type FieldFault } from '../../lib/api';
import { day, today } from '../../lib/format';
import { useOnce, type Outcome } from '../../lib/once';
import { useSpeech, useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { ChoicesField } from '../../ui/choices_field';
import { FaultsContext, Form, refuse, type Values } from '../../ui/form';
import { TextAreaField } from '../../ui/text_area_field';
import { TextField } from '../../ui/text_field';
import { AbilityList } from './ability_list';
import { SignPreview } from './sign_preview';

const words = (one: { words_nl: string; words_en: string }, language: string) => (language === 'en' ? one.words_en : one.words_nl);

interface Props {
  id: string;
  newest: Signed | undefined;
  sections: readonly Section[];
  onSigned: (outcome: Outcome) => void;
  /** Somebody else wrote a version meanwhile. */
  onChanged: () => void;
}

/** The next list: begins as the newest one, is filled in, looked at with what becomes different, then signed. */
export function NewAbilities({ id, newest, sections, onSigned, onChanged }: Props) {
  const { medical: { abilities: text } } = useText();
  const once = useOnce();
  const [values, setValues] = useState<Values>(() => valuesFrom(newest, today()));
  const [isPreview, setIsPreview] = useState(false);

  function checked(typed: Values): Values {
    const faults: FieldFault[] = [];
    const fault = (field: string, detail: string) => faults.push({ field, code: 'out_of_range', detail });
    const hours = (field: string) => typed[field]?.trim() ?? '';
    if (!typed['valid_from']) fault('valid_from', text.dayMissing);
    if (!/^(|[0-9]|1[0-9]|2[0-4])$/.test(hours('hours_per_day'))) fault('hours_per_day', text.dayHoursWrong);
    if (!/^(|[0-9]|[1-5][0-9]|60)$/.test(hours('hours_per_week'))) fault('hours_per_week', text.weekHoursWrong);
    else if (hours('hours_per_day') !== '' && Number(hours('hours_per_week')) > 7 * Number(hours('hours_per_day'))) fault('hours_per_week', text.weekTooLong);
    if (faults.length > 0) refuse(...faults);
    return typed;
  }
  const list = listFrom(values, sections);
  async function sign(): Promise<void> {
    const content = sent(list, newest?.version ?? 0);
    try {
      onSigned(await once(content, (key) => medical.post('/api/v1/cases/{case}/functional-abilities', content, { path: { case: id }, headers: { 'Idempotency-Key': key } })));
    } catch (error) {
      // What was filled in stays; it is compared with the version that is the newest now.
      if (error instanceof Refused && error.problem.code === 'changed_meanwhile') onChanged();
      throw error;
    }
  }
  if (isPreview) {
    return (
      <SignPreview text={text} onSign={sign} onChange={() => setIsPreview(false)}>
        <Changes changes={changesOf(newest, list, sections)} sections={sections} before={newest} />
        <h4>{text.whole(day(list.valid_from))}</h4>
        <AbilityList list={list} sections={sections} />
      </SignPreview>
    );
  }
  return (
    <Form
      key="choose"
      onSend={async (typed) => {
        setValues(checked(typed));
        setIsPreview(true);
      }}
      buttons={(isBusy) => <Button kind="primary" type="submit" isBusy={isBusy}>{text.preview}</Button>}
    >
      <p class="muted">{newest ? text.introNext : text.introFirst}</p>
      <TextField name="valid_from" label={text.validFrom} type="date" width="medium" defaultValue={values['valid_from'] ?? ''} />
      {sections.map((section, i) => <SectionFields key={section.section} section={section} number={i} values={values} />)}
    </Form>
  );
}

/** What becomes different, a line each. */
function Changes({ changes, sections, before }: { changes: readonly Change[]; sections: readonly Section[]; before: Signed | undefined }) {
  const { language, text: { medical: { abilities: text } } } = useSpeech();
  const line = (one: Change): string => {
    if (one.what === 'level') {
      const item = sections.flatMap(({ items }) => items).find(({ item: code }) => code === one.item);
      return text.becomes(item ? words(item, language) : one.item, text.levels[one.from] ?? '', text.levels[one.to] ?? '');
    }
    if (one.what === 'words') {
      const section = sections.find(({ section: code }) => code === one.section);
      return text.otherWords(one.of === 'explanation' ? text.explanation : text.forWork, section ? words(section, language) : one.section);
    }
    if (one.what === 'nights_possible') return text.becomes(text.nights, text.nightsChoices[String(one.from)] ?? '', text.nightsChoices[String(one.to)] ?? '');
    const hours = (number: number | null) => (number === null ? text.noLimit : String(number));
    return text.becomes(one.what === 'hours_per_day' ? text.hoursPerDay : text.hoursPerWeek, hours(one.from), hours(one.to));
  };
  return (
    <>
      <h4>{before ? text.changesTitle(before.version) : text.changesFirst}</h4>
      {changes.length === 0 ? <p>{text.noChange}</p> : <ul class="changes">{changes.map((one) => <li key={JSON.stringify(one)}>{line(one)}</li>)}</ul>}
    </>
  );
}

/** One section, shut while it says nothing; open where something is limited or wrong. */
function SectionFields({ section, number, values }: { section: Section; number: number; values: Values }) {
  const { language, text: { medical: { abilities: text } } } = useSpeech();
  const { section: code, items } = section;
  const names = [`explanation_${code}`, `for_work_${code}`, ...(code === 'working_hours' ? ['hours_per_day', 'hours_per_week'] : items.map(({ item }) => item))];
  const list = listFrom(values, [section]);
  const count = items.filter(({ item }) => levelOf(list, item) !== 'normal').length;
  const [isOpen, setIsOpen] = useState(count > 0 || names.some((name) => values[name]));
  const isWrong = useContext(FaultsContext).some(({ field }) => names.includes(field));
  return (
    <details class="section" open={isOpen || isWrong} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{text.section(number, words(section, language))}{count > 0 && ` (${text.count(count)})`}</summary>
      <div class="stack inside">
        {items.map((item) => {
          const normal = language === 'en' ? item.normal_en : item.normal_nl;
          return (
            <ChoicesField
              key={item.item} name={item.item} label={words(item, language)} hint={normal ? text.normal(normal) : undefined} kind="one" isRow choices={text.levels}
              chosen={[levelOf(list, item.item)]}
            />
          );
        })}
        {code === 'working_hours' && (
          <>
            <TextField name="hours_per_day" label={text.hoursPerDay} hint={text.hoursHint} isOptional inputMode="numeric" maxLength={2} width="short" defaultValue={values['hours_per_day'] ?? ''} />
            <TextField name="hours_per_week" label={text.hoursPerWeek} hint={text.hoursHint} isOptional inputMode="numeric" maxLength={2} width="short" defaultValue={values['hours_per_week'] ?? ''} />
            <ChoicesField name="nights_possible" label={text.nights} kind="one" isRow choices={text.nightsChoices} chosen={[values['nights_possible'] ?? 'true']} />
          </>
        )}
        <TextAreaField name={`explanation_${code}`} label={text.explanation} hint={text.explanationHint} isOptional maxLength={4000} rows={3} defaultValue={values[`explanation_${code}`] ?? ''} />
        <TextAreaField name={`for_work_${code}`} label={text.forWork} hint={text.forWorkHint} isOptional maxLength={4000} rows={3} defaultValue={values[`for_work_${code}`] ?? ''} />
      </div>
    </details>
  );
}
