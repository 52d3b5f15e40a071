import type { components } from '../../api/office';
import { day, sortedName } from '../../lib/format';
import { weekNow } from '../../lib/weeks';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Link } from '../../ui/link';
import { Table } from '../../ui/table';

type ListedCase = components['schemas']['ListedCase'];

/** Cases, a row each; the whole row goes to the case, through one link. */
export function CaseTable({ cases }: { cases: readonly ListedCase[] }) {
  const { office: { cases: text } } = useText();
  return (
    <Table heads={[text.name, text.firstSickDay, text.week, text.doctor]}>
      {cases.map((one) => (
        <tr key={one.case} class="linked">
          <td><Link href={`/cases/${one.case}`}>{sortedName(one)}</Link></td>
          <td data-label={text.firstSickDay} class="numbers">{day(one.first_sick_day)}</td>
          <td data-label={text.week} class="numbers">{weekNow(one.first_sick_day)}</td>
          <td>{one.doctor === null ? <Badge kind="warn" icon="clock">{text.noDoctor}</Badge> : <Badge kind="ok" icon="check">{text.hasDoctor}</Badge>}</td>
        </tr>
      ))}
    </Table>
  );
}
