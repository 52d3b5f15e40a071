import type { components } from '../../api/office';
import { day, daysBetween, today } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import { CaseTerm } from './case_term';

type Deadline = components['schemas']['Deadline'];

const shownAtOnce = 2;

/** What the client does, and what others do, in plain words; the nearest steps first, the rest when somebody asks for it. */
export function NextSteps({ deadlines }: { deadlines: readonly Deadline[] }) {
  const { client: text } = useText();
  // That a recovery is due to be reported, is known from its report.
  const ahead = deadlines.filter((one) => one.kind !== 'recovery_report_by_client' && one.done_on === null && daysBetween(today(), one.due) >= 0).sort((a, b) => (a.due < b.due ? -1 : 1));
  return (
    <Card title={text.next}>
      <Steps title={text.yours} steps={ahead.filter((one) => one.party === 'client')} none={text.nothingForYou} />
      <Steps title={text.others} steps={ahead.filter((one) => one.party !== 'client')} none={text.nothingForOthers} />
    </Card>
  );
}

function Steps({ title, steps, none }: { title: string; steps: readonly Deadline[]; none: string }) {
  const { client: text } = useText();
  const list = (some: readonly Deadline[]) => <ul class="things">{some.map((one) => <Step key={one.kind + one.due} step={one} />)}</ul>;
  const later = steps.slice(shownAtOnce);
  return (
    <div class="stack">
      <h3>{title}</h3>
      {steps.length === 0 && <p class="muted">{none}</p>}
      {steps.length > 0 && list(steps.slice(0, shownAtOnce))}
      {later.length > 0 && <details><summary>{text.later(later.length)}</summary>{list(later)}</details>}
    </div>
  );
}

function Step({ step }: { step: Deadline }) {
  const { client: text } = useText();
  const [what, meaning] = text.steps[step.kind] ?? [step.kind, ''];
  return (
    <li>
      <div>
        <strong>{what}</strong>
        <p>{meaning}</p>
        <div class="muted small numbers">{text.by(day(step.due))}. {text.doneBy[step.party]}.</div>
      </div>
      <CaseTerm due={step.due} />
    </li>
  );
}
