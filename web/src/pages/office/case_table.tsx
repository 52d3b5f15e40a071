import type { components } from '../../api/office';
import { day, sortedName } from '../../lib/format';
import { weekNow } from '../../lib/weeks';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Link } from '../../ui/link';

type ListedCase = components['schemas']['ListedCase'];

/** Cases, a row each; the whole row goes to the case, through one link. */
export function CaseTable({ cases }: { cases: readonly ListedCase[] }) {
  const { office: { cases: text } } = useText();
  return (
    <div class="table-box">
      <table>
        <thead>
          <tr><th scope="col">{text.name}</th><th scope="col">{text.firstSickDay}</th><th scope="col">{text.week}</th><th scope="col">{text.doctor}</th></tr>
        </thead>
        <tbody>
          {cases.map((one) => (
            <tr key={one.case} class="linked">
              <td><Link href={`/cases/${one.case}`}>{sortedName(one)}</Link></td>
              <td data-label={text.firstSickDay} class="numbers">{day(one.first_sick_day)}</td>
              <td data-label={text.week} class="numbers">{weekNow(one.first_sick_day)}</td>
              <td>{one.doctor === null ? <Badge kind="warn" icon="clock">{text.noDoctor}</Badge> : <Badge kind="ok" icon="check">{text.hasDoctor}</Badge>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
