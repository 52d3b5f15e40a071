import { useState } from '#fw';
import { medical } from '../../lib/api';
import { day, sortedName } from '../../lib/format';
import { usePlace } from '../../lib/router';
import { useSession } from '../../lib/session';
import { useLoad } from '../../lib/use_load';
import { weekNow } from '../../lib/weeks';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Pager } from '../../ui/pager';
import { Table } from '../../ui/table';
import { WhoseCases } from '../whose_cases';
import { EmergencyDialog } from './emergency_dialog';

/** The doctor's list: the cases that are assigned to who asks, or to a colleague who handed them over. */
export default function Cases() {
  const { medical: { cases: text, emergency } } = useText();
  const { session: { role } } = useSession();
  const { query } = usePlace();
  const after = query.get('after') ?? '';
  const of = query.get('of') ?? '';
  const [isOpening, setIsOpening] = useState(false);
  const page = useLoad((signal) => medical.get('/api/v1/cases', { query: { after, of }, signal }), [after, of]);
  return (
    <>
      <PageHead title={text.title} intro={text.intro}>
        {role !== 'delegated_staff' && <Button icon="alert" onClick={() => setIsOpening(true)}>{emergency.open}</Button>}
      </PageHead>
      <div class="stack">
        <WhoseCases of={of} />
        <Loaded of={page} rows={8}>
          {({ cases, next }) => (
            <>
              {cases.length === 0 && <Empty><p>{text.none}</p></Empty>}
              {cases.length > 0 && (
                <Table heads={[text.name, text.birthDate, text.firstSickDay, text.week, text.state]}>
                  {cases.map((one) => (
                    <tr key={one.case} class="linked">
                      <td><Link href={`/cases/${one.case}`}>{sortedName(one.person)}</Link></td>
                      <td data-label={text.birthDate} class="numbers">{day(one.person.birth_date)}</td>
                      <td data-label={text.firstSickDay} class="numbers">{day(one.first_sick_day)}</td>
                      <td data-label={text.week} class="numbers">{weekNow(one.first_sick_day)}</td>
                      <td>{one.recovered_from === null ? <Badge kind="warn">{text.ill}</Badge> : <Badge kind="ok" icon="check">{text.recovered(day(one.recovered_from))}</Badge>}</td>
                    </tr>
                  ))}
                </Table>
              )}
              <Pager next={next} />
            </>
          )}
        </Loaded>
      </div>
      {isOpening && <EmergencyDialog onClose={() => setIsOpening(false)} />}
    </>
  );
}
