import { useState } from '#fw';
import type { components } from '../../api/medical';
import { medical, type FieldFault } from '../../lib/api';
import type { Draft } from '../../lib/draft';
import { today } from '../../lib/format';
import { useOnce, type Outcome } from '../../lib/once';
import { useSession } from '../../lib/session';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { ChoicesField } from '../../ui/choices_field';
import { Form, refuse, type Values } from '../../ui/form';
import { TextField } from '../../ui/text_field';
import { SignPreview } from './sign_preview';

type Letter = components['schemas']['NewLetter'];

/** The feedback of the doctor: chosen, looked at as it goes out, then signed. */
export function NewLetter({ id, draft, onSigned }: { id: string; draft: Draft; onSigned: (outcome: Outcome) => void }) {
  const { medical: { letters: text } } = useText();
  const { session } = useSession();
  const once = useOnce();
  const [values, setValues] = useState<Values>({});
  const [isPreview, setIsPreview] = useState(false);

  function checked(typed: Values): Values {
    const faults: FieldFault[] = [];
    const fault = (field: string, detail: string) => faults.push({ field, code: 'missing', detail });
    if (!typed['possibilities']) fault('possibilities', text.onePossibility);
    if (!typed['expected_duration']) fault('expected_duration', text.oneDuration);
    if (!/^([0-9]|[1-5][0-9]|60)$/.test(typed['hours_per_week']?.trim() ?? '')) fault('hours_per_week', text.hoursMissing);
    if (faults.length > 0) refuse(...faults);
    return typed;
  }
  async function sign(): Promise<void> {
    const letter = { ...values, hours_per_week: Number(values['hours_per_week']) } as unknown as Letter;
    const outcome = await once(letter, (key) => medical.post('/api/v1/cases/{case}/letters', letter, { path: { case: id }, headers: { 'Idempotency-Key': key } }));
    draft.end();
    onSigned(outcome);
  }
  const chosen = (name: string): string[] => (values[name] ?? '').split(' ').filter(Boolean);

  if (isPreview) {
    const words = (name: string, from: Record<string, string>) => chosen(name).map((code) => from[code]).join('; ') || text.nothing;
    const lines: [string, string][] = [
      [text.limitsLabel, words('limits', text.limits)], [text.possibilitiesLabel, words('possibilities', text.possibilities)],
      [text.hoursLabel, values['hours_per_week'] ?? ''], [text.durationLabel, words('expected_duration', text.durations)],
      [text.adviceLabel, words('advice', text.advice)], ...(values['next_contact'] ? [[text.nextLabel, values['next_contact']] as [string, string]] : []),
      [text.signedLabel, `${session.display_name}, ${today()}`],
    ];
    return (
      <SignPreview text={text} onSign={sign} onChange={() => setIsPreview(false)}>
        <p class="pre letter-preview">{[text.heading, ...lines.map(([label, value]) => `${label}: ${value}.`)].join('\n')}</p>
      </SignPreview>
    );
  }
  return (
    <Form
      key="choose" draft={draft}
      onSend={async (typed) => {
        setValues(checked(typed));
        setIsPreview(true);
      }}
      buttons={(isBusy) => <Button kind="primary" type="submit" isBusy={isBusy}>{text.preview}</Button>}
    >
      <p class="muted">{text.intro}</p>
      <ChoicesField name="limits" label={text.limitsLabel} kind="many" choices={text.limits} chosen={chosen('limits')} />
      <ChoicesField name="possibilities" label={text.possibilitiesLabel} kind="many" choices={text.possibilities} chosen={chosen('possibilities')} />
      <TextField name="hours_per_week" label={text.hoursLabel} inputMode="numeric" maxLength={2} width="short" defaultValue={values['hours_per_week'] ?? ''} />
      <ChoicesField name="expected_duration" label={text.durationLabel} kind="one" choices={text.durations} chosen={chosen('expected_duration')} />
      <ChoicesField name="advice" label={text.adviceLabel} kind="many" choices={text.advice} chosen={chosen('advice')} />
      <TextField name="next_contact" label={text.nextLabel} type="date" isOptional width="medium" defaultValue={values['next_contact'] ?? ''} />
    </Form>
  );
}
