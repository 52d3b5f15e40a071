import { day } from '../lib/format';
import { weekNow } from '../lib/weeks';
import { useText } from '../text/use_text';
import { Badge } from '../ui/badge';
import { Card } from '../ui/card';
import { Link } from '../ui/link';

/** The cases of the client who looks, each a link to its page. */
export function OwnCaseList({ cases }: { cases: readonly { case: string; first_sick_day: string; recovered_from: string | null }[] }) {
  const { client: text, recovery } = useText();
  return (
    <Card>
      <ul class="things">
        {cases.map((one) => (
          <li key={one.case}>
            <div><Link href={`/cases/${one.case}`}>{text.caseSince(day(one.first_sick_day))}</Link></div>
            {one.recovered_from === null
              ? <span class="muted small numbers">{text.caseWeek(weekNow(one.first_sick_day))}</span>
              : <Badge kind="ok" icon="check">{recovery.badge(day(one.recovered_from))}</Badge>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
