import { useState } from '#fw';
import { common } from '../../lib/api';
import { today } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ChoicesField } from '../../ui/choices_field';
import { Form, refuse } from '../../ui/form';
import { SelectField } from '../../ui/select_field';
import { TextField } from '../../ui/text_field';

/** A week later, the days of both counted in whole. */
const weekAfter = (date: string): string => new Date(Date.parse(date) + 7 * 86400000).toISOString().slice(0, 10);

interface Props { colleagues: readonly { user: string; name: string; role: string }[]; onGiven: () => void }

/** Hands the own cases over to a colleague for a time, or tasks to staff of the doctor. */
export function GiveMandate({ colleagues, onGiven }: Props) {
  const { manage: { mandates: text }, roles } = useText();
  const [chosen, setChosen] = useState('');
  const [given, setGiven] = useState(0);
  const isForStaff = colleagues.find((one) => one.user === chosen)?.role === 'delegated_staff';
  if (colleagues.length === 0) return <Card title={text.give}><p class="muted">{text.nobody}</p></Card>;
  return (
    <Card title={text.give}>
      {given > 0 && <Alert kind="ok">{text.done}</Alert>}
      <Form
        key={given}
        onSend={async ({ given_to = '', starts_on = '', ends_on = '', tasks = '' }) => {
          if (given_to === '') refuse({ field: 'given_to', code: 'missing', detail: text.choose });
          await common.post('/api/v1/mandates', { given_to, starts_on, ends_on, ...(isForStaff ? { tasks } : {}) });
          setGiven(given + 1);
          setChosen('');
          onGiven();
        }}
        buttons={(isBusy) => <Button kind="primary" type="submit" isBusy={isBusy}>{text.submit}</Button>}
      >
        <SelectField
          name="given_to" label={text.to} empty={text.choose} onChange={setChosen}
          options={colleagues.map((one) => ({ value: one.user, label: `${one.name} (${roles[one.role] ?? one.role})` }))}
        />
        {isForStaff && <ChoicesField name="tasks" label={text.tasksLabel} kind="many" choices={text.tasks} />}
        <div class="columns">
          <TextField name="starts_on" label={text.from} type="date" defaultValue={today()} />
          <TextField name="ends_on" label={text.until} type="date" defaultValue={weekAfter(today())} />
        </div>
      </Form>
    </Card>
  );
}
