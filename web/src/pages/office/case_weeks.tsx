import type { components } from '../../api/office';
import { weeksUntil, weekNow } from '../../lib/weeks';
import { useText } from '../../text/use_text';

type Deadline = components['schemas']['Deadline'];

/** The steps that every case manager knows by their week. */
const milestones = ['problem_analysis', 'action_plan', 'first_year_evaluation', 'wia_notice_by_uwv', 'reintegration_report', 'wia_application', 'last_day_of_entitlement'];

/** The line of the 104 weeks, with the steps of the law on it. */
export function CaseWeeks({ firstSickDay, deadlines }: { firstSickDay: string; deadlines: readonly Deadline[] }) {
  const { office: { file: text } } = useText();
  const steps = deadlines.filter((one) => milestones.includes(one.kind)).sort((a, b) => (a.due < b.due ? -1 : 1));
  const next = steps.findIndex((one) => one.done_on === null);
  if (steps.length === 0) return null;
  const list = (
    <ol class="weeks">
      {steps.map((one, i) => {
        const isPast = one.done_on !== null;
        return (
          <li key={one.kind} class={isPast ? 'past' : ''} aria-current={i === next ? 'step' : undefined}>
            <span class="dot" />
            <span class="muted numbers">{text.atWeek} {weeksUntil(firstSickDay, one.due)}</span>
            <strong>{text.kinds[one.kind]}{isPast && <span class="visually-hidden">, {text.past}</span>}</strong>
          </li>
        );
      })}
    </ol>
  );
  return (
    <section class="card case-weeks" aria-label={text.line}>
      <div class="only-desk">{list}</div>
      <details class="only-phone"><summary>{text.lineOnPhone(weekNow(firstSickDay))}</summary>{list}</details>
    </section>
  );
}
