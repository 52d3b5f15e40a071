import { useState } from '#fw';
import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { useDraft } from '../../lib/draft';
import { today } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Form, type Values } from '../../ui/form';
import { Link } from '../../ui/link';
import { PageHead } from '../../ui/page_head';
import { SelectField } from '../../ui/select_field';
import { TextField } from '../../ui/text_field';
import { YesNoField } from '../../ui/yes_no_field';

type Report = components['schemas']['SickReport'];

const yesNo = ['safety_net', 'work_accident', 'traffic_accident_third_party', 'running_work'];

/** What was typed as the program takes it: numbers and yes or no as such, what is empty not at all. */
function reportOf(values: Values): Report {
  const report: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    const typed = value.trim();
    if (typed === '') continue;
    if (yesNo.includes(name)) report[name] = typed === 'true';
    else if (name === 'expected_days' && /^\d{1,4}$/.test(typed)) report[name] = Number(typed);
    else report[name] = name === 'bsn' ? typed.replaceAll(/[\s.]/g, '') : typed;
  }
  return report as Report;
}

/** Reports somebody sick, with the fields that may be asked and no other (AP, De zieke werknemer, 2016). */
export default function SickReport() {
  const { office: { report: text, file } } = useText();
  const { session: { role } } = useSession();
  const draft = useDraft('sick_report');
  const [made, setMade] = useState('');
  if (made !== '') {
    return (
      <>
        <PageHead title={text.doneTitle} />
        <Card>
          <p>{text.done}</p>
          <div class="buttons">
            <Link class="button primary" href={`/cases/${made}`}>{text.toCase}</Link>
            <Button onClick={() => setMade('')}>{text.another}</Button>
          </div>
        </Card>
      </>
    );
  }
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <Form
        draft={draft}
        onSend={async (values) => {
          const { case: id } = await office.post('/api/v1/sick-reports', reportOf(values));
          draft.end();
          setMade(id);
        }}
        buttons={(isBusy) => <Button kind="primary" type="submit" isBusy={isBusy}>{text.submit}</Button>}
      >
        <Card title={text.who}>
          {role !== 'employer' && <TextField name="employer" label={text.employer} maxLength={40} width="medium" />}
          <TextField name="bsn" label={file.bsn} inputMode="numeric" maxLength={15} width="medium" />
          <div class="columns">
            <TextField name="initials" label={text.initials} isOptional maxLength={20} />
            <TextField name="prefix" label={text.prefix} isOptional maxLength={20} />
          </div>
          <TextField name="last_name" label={text.lastName} maxLength={200} />
          <TextField name="birth_date" label={file.birthDate} hint={text.dateHint} maxLength={20} width="medium" />
          <TextField name="staff_number" label={file.staffNumber} isOptional maxLength={40} width="medium" />
        </Card>
        <Card title={text.when}>
          <TextField name="first_sick_day" label={file.firstSickDay} type="date" defaultValue={today()} width="medium" />
          <SelectField
            name="ground" label={file.ground} hint={text.groundHint} empty={text.choose}
            options={Object.entries(file.grounds).map(([value, label]) => ({ value, label }))}
          />
          <TextField name="employment_end" label={file.employmentEnd} type="date" isOptional width="medium" />
          <TextField name="expected_days" label={text.expectedDays} inputMode="numeric" isOptional maxLength={4} width="short" />
        </Card>
        <Card title={text.reach}>
          <TextField name="phone" label={text.phone} type="tel" isOptional maxLength={30} width="medium" />
          <TextField name="nursing_address" label={text.nursingAddress} isOptional maxLength={300} />
        </Card>
        <Card title={text.more}>
          <YesNoField name="safety_net" label={text.safetyNet} isOptional />
          <YesNoField name="work_accident" label={text.workAccident} isOptional />
          <YesNoField name="traffic_accident_third_party" label={text.trafficAccident} isOptional />
          <YesNoField name="running_work" label={text.runningWork} isOptional />
        </Card>
      </Form>
    </>
  );
}
