import { useState } from '#fw';
import { office } from '../../../lib/api';
import { money, weekday, weekName } from '../../../lib/benefit_format';
import { stepsOfWeek } from '../../../lib/benefit_steps';
import { plusDays } from '../../../lib/calendar';
import { useLoad } from '../../../lib/use_load';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import { Loaded } from '../../../ui/loaded';
import { Table } from '../../../ui/table';
import { StepList } from './step_list';
import type { Benefit } from './week_list';

/** One week: its days, and how each came about. From here to the weeks beside it. */
export function WeekDialog({ id, monday, onClose }: { id: string; monday: string; onClose: () => void }) {
  const { benefit: text, states } = useBenefitText();
  const [at, setAt] = useState(monday);
  const found = useLoad((signal) => office.get('/api/v1/cases/{case}/benefit', { path: { case: id }, query: { week: at }, signal }), [id, at]);
  const has = (day: string) => found.data?.weeks.some((one) => one.monday === day) ?? false;
  // The week before stays to be seen, under its own name, until the one asked for is there.
  const shown = found.data?.week?.monday ?? at;
  const [before, after] = [plusDays(shown, -7), plusDays(shown, 7)];
  return (
    <Dialog title={text.weeks.explain(weekName(shown, text.week))} isWide onClose={onClose}>
      <Loaded of={found} rows={4}>{(benefit) => <Week benefit={benefit} />}</Loaded>
      <div class="buttons">
        <Button kind="primary" onClick={onClose}>{states.close}</Button>
        <Button kind="quiet" icon="back" isOff={!has(before)} onClick={() => setAt(before)}>{text.weeks.earlier}</Button>
        <Button kind="quiet" icon="next" isOff={!has(after)} onClick={() => setAt(after)}>{text.weeks.later}</Button>
      </div>
    </Dialog>
  );
}

function Week({ benefit: { dagloon, week } }: { benefit: Benefit }) {
  const { benefit: text } = useBenefitText();
  if (!week) return <p>{text.weeks.gone}</p>;
  const isFirst = dagloon !== null && dagloon.first_sick_day >= week.monday && dagloon.first_sick_day <= plusDays(week.monday, 6);
  const isIndexed = dagloon !== null && week.steps.some(({ code, figures }) => code === 'day'
    && figures.some(({ name, value }) => name === 'dagloon' && Math.round(Number(value) * 100) !== dagloon.capped_cents));
  const hasLess = week.days.some((day) => day.benefit_cents !== day.before_income_cents || day.withheld_cents > 0);
  const amounts = hasLess ? [text.weeks.beforeIncome, text.weeks.lessIncome, text.weeks.lessSanction, text.weeks.left] : [text.weeks.amount];
  return (
    <>
      <p class="total numbers">{money(week.payable_cents)}</p>
      {week.days.length === 0 ? <p>{text.weeks.nothing}</p> : (
        <div class={hasLess ? undefined : 'days'}><Table heads={[text.weeks.day, ...amounts.map((head) => <span key={head} class="amount">{head}</span>)]}>
          {week.days.map((day) => (
            <tr key={day.day}>
              <td>{weekday(day.day)}</td>
              {hasLess && <td data-label={text.weeks.beforeIncome} class="numbers amount">{money(day.before_income_cents)}</td>}
              {hasLess && <td data-label={text.weeks.lessIncome} class="numbers amount">{money(day.before_income_cents - day.benefit_cents)}</td>}
              {hasLess && <td data-label={text.weeks.lessSanction} class="numbers amount">{money(day.withheld_cents)}</td>}
              <td data-label={hasLess ? text.weeks.left : undefined} class="numbers amount">{money(day.benefit_cents - day.withheld_cents)}</td>
            </tr>
          ))}
        </Table></div>
      )}
      <h3>{text.weeks.how}</h3>
      {isFirst && <p>{text.firstWeek} <span class="muted small">ZW 29(1)</span></p>}
      {isIndexed && <p>{text.indexed} <span class="muted small">ZW 16</span></p>}
      <StepList steps={stepsOfWeek(week.steps, text.span)} />
    </>
  );
}
