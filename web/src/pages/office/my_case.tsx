import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { day, moment } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { weekNow } from '../../lib/weeks';
import { NotFound } from '../../shell/not_found';
import type { PageProps } from '../../shell/side';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { WhoLooked } from '../access_lines';
import { Documents } from '../documents';
import { MyBenefit } from './benefit/my_benefit';
import { ChangedNotice, useCaseChange } from './case_change';
import { CaseLetters } from './case_letters';
import { CaseWeeks } from './case_weeks';
import { NextSteps } from './next_steps';
import { OwnRecovery } from './own_recovery';

type Case = components['schemas']['Case'];

/** One case of a client who has more of them. */
export default function MyCasePage({ values: { case: id = '', tab } }: PageProps) {
  const { client: text } = useText();
  if (tab !== undefined) return <NotFound />;
  return (
    <>
      <PageHead title={text.title} back={<Link class="back" href="/cases"><Icon name="back" />{text.back}</Link>} />
      <MyCase id={id} />
    </>
  );
}

/** What a client wants to know of a case, in this order: where am I, what happens next, what am I paid, what did the doctor write, who looked. */
export function MyCase({ id }: { id: string }) {
  const { client: text, recovery } = useText();
  const file = useLoad((signal) => office.get('/api/v1/cases/{case}', { path: { case: id }, signal }), [id]);
  const { change, isOld } = useCaseChange(file.data, file.reload);
  return (
    <Loaded of={file} rows={6}>
      {(one) => (
        <>
          {isOld && <ChangedNotice onReload={file.reload} />}
          <Card title={text.where}>
            <p class="total">{one.recovered_from === null ? text.week(weekNow(one.first_sick_day)) : recovery.short}</p>
            <p>{one.recovered_from === null ? text.weekMeans(day(one.first_sick_day)) : recovery.own.where(day(one.recovered_from))}</p>
          </Card>
          {one.recovered_from === null && <CaseWeeks firstSickDay={one.first_sick_day} deadlines={one.deadlines} />}
          <NextSteps deadlines={one.deadlines} />
          <OwnRecovery file={one} change={change} />
          <MyBenefit id={id} />
          <section class="stack">
            <h2>{text.letters}</h2>
            <p class="muted">{text.lettersMean}</p>
            <CaseLetters id={id} />
          </section>
          <Documents caseId={id} mayAdd={[]} title={text.documents} />
          <Reported file={one} />
          <WhoLooked />
        </>
      )}
    </Loaded>
  );
}

/** The own data as they were reported. */
function Reported({ file }: { file: Case }) {
  const { client: text, office: { file: labels } } = useText();
  const facts: [string, string][] = [
    [labels.firstSickDay, day(file.first_sick_day)],
    [labels.bsn, file.person.bsn],
    [labels.birthDate, day(file.person.birth_date)],
    [labels.phone, file.phone || file.person.phone],
    [labels.nursingAddress, file.nursing_address],
    [labels.employmentEnd, file.employment_end ? day(file.employment_end) : ''],
    [labels.received, moment(file.received_at)],
  ];
  return (
    <Card title={text.reported}>
      <dl class="facts">
        {facts.filter(([, value]) => value !== '').map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
      </dl>
    </Card>
  );
}
