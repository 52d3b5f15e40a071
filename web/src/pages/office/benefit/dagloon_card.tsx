import { useSession } from '../../../lib/session';
import { money } from '../../../lib/benefit_format';
import { toldStep } from '../../../lib/benefit_steps';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Alert } from '../../../ui/alert';
import { Card } from '../../../ui/card';
import { Empty } from '../../../ui/empty';
import { Link } from '../../../ui/link';
import { StepList } from './step_list';
import type { Benefit } from './week_list';

/** What somebody earned a day, by the rules, and how that was found; or what is in the way of it. */
export function DagloonCard({ id, benefit }: { id: string; benefit: Benefit }) {
  const { benefit: text } = useBenefitText();
  const { session } = useSession();
  const records = session.role === 'benefit_specialist';
  const { dagloon } = benefit;
  if (benefit.facts_number === 0) {
    return (
      <Card title={text.dagloon.none}>
        <Empty icon="document">
          <p>{records ? text.dagloon.noneForSpecialist : text.dagloon.noneForOthers}</p>
          {records && <Link class="button primary" href={`/cases/${id}/benefit-facts`}>{text.dagloon.record}</Link>}
        </Empty>
      </Card>
    );
  }
  return (
    <>
      {benefit.obstacle !== null && <Obstacle id={id} code={benefit.obstacle} />}
      {dagloon && (
        <Card title={text.dagloon.title}>
          <div>
            <p class="total numbers">{money(dagloon.capped_cents)}</p>
            <p class="muted">{text.dagloon.perDay}{dagloon.per_day_cents > dagloon.capped_cents && `. ${text.dagloon.capped(money(dagloon.per_day_cents))}`}</p>
          </div>
          <h3>{text.dagloon.how}</h3>
          <StepList steps={dagloon.steps.map(toldStep)} />
        </Card>
      )}
    </>
  );
}

/** Why it cannot be reckoned, and what somebody who can mend it does. */
function Obstacle({ id, code }: { id: string; code: string }) {
  const { benefit: text } = useBenefitText();
  const { session } = useSession();
  const records = session.role === 'benefit_specialist';
  const [what, todo] = text.obstacles[code] ?? text.otherObstacle(code);
  return (
    <Alert kind="warn">
      <p><strong>{text.obstacleTitle}.</strong> {what}</p>
      <p>{records ? todo : text.obstacleForOthers}</p>
      {records && <Link class="button" href={`/cases/${id}/benefit-facts`}>{text.recorded.change}</Link>}
    </Alert>
  );
}
