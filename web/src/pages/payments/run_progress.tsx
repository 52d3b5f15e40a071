import type { components } from '../../api/office';
import { count } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Progress } from '../../ui/progress';
import { useWeekName } from './week_name';

export type PayRun = components['schemas']['PayRun'];

/** How far a run is. Its numbers change each second, so they are not read aloud by themselves. */
export function RunProgress({ run }: { run: PayRun }) {
  const { payments: { runs: text } } = useText();
  const week = useWeekName();
  const all = run.looked_at + run.cases_left;
  return (
    <div>
      <Progress label={text.running(week.short(run.week))} share={all === 0 ? 0 : run.looked_at / all} />
      <p class="muted small numbers">{text.progress(count(run.looked_at), count(run.cases_left))}</p>
    </div>
  );
}
