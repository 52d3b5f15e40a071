import type { components } from '../../api/office';
import { day, daysBetween, today } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Card } from '../../ui/card';

type Deadline = components['schemas']['Deadline'];

/** How long there is, in words. */
function Left({ due }: { due: string }) {
  const { office: { file: text } } = useText();
  const days = daysBetween(today(), due);
  if (days < 0) return <Badge>{text.late}</Badge>;
  if (days === 0) return <Badge kind="warn" icon="clock">{text.todayDue}</Badge>;
  return <Badge kind={days <= 14 ? 'warn' : 'ok'} icon="clock">{text.inDays(days)}</Badge>;
}

/** What the law asks of whom and by when; how sure that is where it is not plain law of today. */
export function CaseDeadlines({ deadlines }: { deadlines: readonly Deadline[] }) {
  const { office: { file: text } } = useText();
  const sorted = [...deadlines].sort((a, b) => (a.due < b.due ? -1 : 1));
  const next = sorted.find((one) => daysBetween(today(), one.due) >= 0);
  return (
    <>
      {next && (
        <section class="card next-step">
          <h2>{text.next}</h2>
          <div class="row">
            <strong class="big">{text.kinds[next.kind]}</strong>
            <Left due={next.due} />
            <span class="muted numbers">{day(next.due)}, {text.party.toLowerCase()} {text.parties[next.party]}</span>
          </div>
        </section>
      )}
      <Card title={text.deadlines}>
        <ul class="things">
          {sorted.map((one) => (
            <li key={one.kind + one.due}>
              <div>
                <strong>{text.kinds[one.kind]}</strong>
                <div class="muted small">
                  {text.party} {text.parties[one.party]}. {one.source}
                  {text.certainties[one.certainty] && ` (${text.certainties[one.certainty]})`}
                </div>
              </div>
              <div class="row"><span class="muted numbers small">{day(one.due)}</span><Left due={one.due} /></div>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
