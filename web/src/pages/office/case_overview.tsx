import type { components } from '../../api/office';
import { day, moment } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import type { Change } from './case_change';
import { CaseDoctor, type Doctors } from './case_doctor';
import { CaseSteps } from './case_steps';

type Case = components['schemas']['Case'];

/** What is to be done, whose case it is, and the facts of the sick report. */
export function CaseOverview({ file, doctors, change }: { file: Case; doctors: Doctors; change: Change }) {
  const { office: { file: text }, states } = useText();
  const { session } = useSession();
  const answer = (value: boolean | null) => (value === null ? states.unknown : value ? states.yes : states.no);
  const facts: [string, string][] = [
    [text.bsn, file.person.bsn],
    [text.birthDate, day(file.person.birth_date)],
    [text.staffNumber, file.person.staff_number],
    [text.phone, file.phone || file.person.phone],
    [text.nursingAddress, file.nursing_address],
    [text.ground, text.grounds[file.ground] ?? file.ground],
    [text.employmentEnd, file.employment_end ? day(file.employment_end) : ''],
    [text.expectedDays, file.expected_days === null ? '' : text.days(file.expected_days)],
    [text.safetyNet, answer(file.safety_net)],
    [text.workAccident, answer(file.work_accident)],
    [text.trafficAccident, answer(file.traffic_accident_third_party)],
    [text.runningWork, answer(file.running_work)],
    [text.received, moment(file.received_at)],
  ];
  return (
    <div class="two wide-left">
      <div class="stack">
        <CaseSteps file={file} change={session.role === 'case_manager' ? change : null} />
      </div>
      <div class="stack">
        {session.role === 'case_manager' && <CaseDoctor file={file} doctors={doctors} change={change} />}
        <Card title={text.facts}>
          <dl class="facts">
            {facts.filter(([, value]) => value !== '').map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
          </dl>
        </Card>
      </div>
    </div>
  );
}
