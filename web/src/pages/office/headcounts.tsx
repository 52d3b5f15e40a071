import { useState } from '#fw';
import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { count, month } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Done } from '../../ui/done';
import { Form, refuse } from '../../ui/form';
import { SelectField } from '../../ui/select_field';
import { TextField } from '../../ui/text_field';

/** How many people there were, for a month that lacks it or to mend one. */
export function Headcounts({ months, reload }: { months: readonly components['schemas']['AbsenceFigure'][]; reload: () => void }) {
  const { office: { figures: text } } = useText();
  const [saved, setSaved] = useState('');
  const missing = months.filter((one) => one.employees === null);
  const next = (missing.at(-1) ?? months.at(-1))?.month ?? '';
  return (
    <Card title={text.headcount}>
      <p class="muted">{text.headcountMeans} {text.missing(missing.length)}</p>
      {saved !== '' && <Done key={saved}>{text.saved(month(saved.slice(0, 7)))}</Done>}
      <Form
        key={saved}
        onSend={async ({ month: chosen = '', employees: typed = '' }) => {
          if (!/^\d{1,7}$/.test(typed.trim())) refuse({ field: 'employees', code: 'not_a_number', detail: text.wholeNumber });
          await office.put('/api/v1/headcounts/{month}', { employees: Number(typed) }, { path: { month: chosen } });
          setSaved(`${chosen} ${Date.now()}`);
          reload();
        }}
        buttons={(isBusy) => <Button type="submit" isBusy={isBusy}>{text.save}</Button>}
      >
        <SelectField
          key={next} name="month" label={text.month} defaultValue={next}
          options={months.toReversed().map((one) => ({
            value: one.month, label: one.employees === null ? text.monthMissing(month(one.month)) : text.monthTold(month(one.month), count(one.employees)),
          }))}
        />
        <TextField name="employees" label={text.employees} hint={text.employeesHint} inputMode="numeric" maxLength={7} width="short" />
      </Form>
    </Card>
  );
}
