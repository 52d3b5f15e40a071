import { day } from '../lib/format';
import { weekNow } from '../lib/weeks';
import { useText } from '../text/use_text';
import { Card } from '../ui/card';
import { Link } from '../ui/link';

/** The cases of the client who looks, each a link to its page. */
export function OwnCaseList({ cases }: { cases: readonly { case: string; first_sick_day: string }[] }) {
  const { client: text } = useText();
  return (
    <Card>
      <ul class="things">
        {cases.map((one) => (
          <li key={one.case}>
            <div><Link href={`/cases/${one.case}`}>{text.caseSince(day(one.first_sick_day))}</Link></div>
            <span class="muted small numbers">{text.caseWeek(weekNow(one.first_sick_day))}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
