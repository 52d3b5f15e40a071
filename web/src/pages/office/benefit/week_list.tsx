import { useState } from '#fw';
import type { paths } from '../../../api/office';
import type { AnswerOf } from '../../../lib/api';
import { money, weekName } from '../../../lib/benefit_format';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Button } from '../../../ui/button';
import { Table } from '../../../ui/table';
import { WeekDialog } from './week_dialog';

export type Benefit = AnswerOf<paths, '/api/v1/cases/{case}/benefit'>;

const shownAtOnce = 12;

/** What each week is worth, newest first, each with its explanation. */
export function WeekList({ id, benefit }: { id: string; benefit: Benefit }) {
  const { benefit: text } = useBenefitText();
  const [isWhole, setIsWhole] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const weeks = benefit.weeks.toReversed();
  if (weeks.length === 0) return <p class="muted">{text.weeks.none}</p>;
  return (
    <>
      <p class="muted">{text.weeks.means}</p>
      <Table heads={[text.weeks.week, text.weeks.paidDays, <span key="amount" class="amount">{text.weeks.amount}</span>]}>
        {(isWhole ? weeks : weeks.slice(0, shownAtOnce)).map((one) => {
          const name = weekName(one.monday, text.week);
          return (
            <tr key={one.monday} class="linked">
              <td><button type="button" class="as-link" aria-haspopup="dialog" onClick={() => setChosen(one.monday)}>{name}</button></td>
              <td data-label={text.weeks.paidDays} class="numbers">{one.days}</td>
              <td data-label={text.weeks.amount} class="numbers amount">{money(one.payable_cents)}</td>
            </tr>
          );
        })}
      </Table>
      <div class="row between">
        <span class="muted numbers">{text.weeks.total(weeks.length, money(weeks.reduce((sum, one) => sum + one.payable_cents, 0)))}</span>
        {!isWhole && weeks.length > shownAtOnce && <Button kind="quiet" onClick={() => setIsWhole(true)}>{text.weeks.all(weeks.length)}</Button>}
      </div>
      {chosen !== null && <WeekDialog id={id} monday={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}
