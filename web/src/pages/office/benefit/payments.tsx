import { useState } from '#fw';
import type { components } from '../../../api/office';
import { office } from '../../../lib/api';
import { longDay, money, weekName } from '../../../lib/benefit_format';
import { today } from '../../../lib/format';
import { useLoad } from '../../../lib/use_load';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Badge } from '../../../ui/badge';
import { Button } from '../../../ui/button';
import { Card } from '../../../ui/card';
import { Loaded } from '../../../ui/loaded';
import { WeekDialog } from './week_dialog';

type Payment = components['schemas']['Payment'];

const shownAtOnce = 4;
const weeksAtOnce = 5;

/** What came of a case in the pay runs, newest first, with the weeks that each payment is made of. */
export function Payments({ id, isOwn = false }: { id: string; isOwn?: boolean }) {
  const { benefit: { payments: text, client } } = useBenefitText();
  const [week, setWeek] = useState<string | null>(null);
  const found = useLoad((signal) => office.get('/api/v1/cases/{case}/payments', { path: { case: id }, signal }), [id]);
  return (
    <Card title={isOwn ? client.payments : text.title}>
      <Loaded of={found} rows={2}>
        {({ payments }) => {
          const lines = (some: readonly Payment[]) => (
            <ul class="things">{some.map((one) => <PaymentLine key={one.payment} payment={one} isOpen={isOwn && one === payments[0]} isOwn={isOwn} onWeek={setWeek} />)}</ul>
          );
          const earlier = payments.slice(shownAtOnce);
          return (
            <>
              {isOwn && payments.length > 0 && <p class="muted">{client.paymentsMean}</p>}
              {payments.length === 0 && <p class={isOwn ? undefined : 'muted'}>{isOwn ? client.noPayments : text.none}</p>}
              {payments.length > 0 && lines(payments.slice(0, shownAtOnce))}
              {earlier.length > 0 && <details><summary>{text.earlier(earlier.length)}</summary>{lines(earlier)}</details>}
            </>
          );
        }}
      </Loaded>
      {week !== null && <WeekDialog id={id} monday={week} onClose={() => setWeek(null)} />}
    </Card>
  );
}

type Kind = 'plain' | 'bad' | 'warn' | 'ok';

/** Where a payment stands, in words. */
function useWhereItStands({ state, pay_day: day, claim_cents: claim }: Payment): { words: string; kind: Kind } {
  const { benefit: { payments: text } } = useBenefitText();
  if (state === 'asked') return day > today() ? { words: text.willBePaid(longDay(day)), kind: 'ok' } : { words: text.paid(longDay(day)), kind: 'ok' };
  if (state === 'held') return { words: text.states.held ?? '', kind: 'bad' };
  if (state === 'nothing') return claim > 0 ? { words: text.states.claim ?? '', kind: 'warn' } : { words: text.states.nothing ?? '', kind: 'plain' };
  return { words: text.states[state] ?? state, kind: 'plain' };
}

function PaymentLine({ payment: one, isOpen, isOwn, onWeek }: { payment: Payment; isOpen: boolean; isOwn: boolean; onWeek: (monday: string) => void }) {
  const { benefit: text } = useBenefitText();
  const state = useWhereItStands(one);
  const figures: [string, string][] = [
    [text.payments.gross, one.gross_cents > 0 ? money(one.gross_cents) : ''],
    [text.payments.tax, one.gross_cents > 0 ? money(one.tax_cents) : ''],
    [text.payments.netLabel, one.gross_cents > 0 ? money(one.net_cents) : ''],
    [text.payments.claim, one.claim_cents > 0 ? money(one.claim_cents) : ''],
  ];
  return (
    <li>
      <div class="stack close">
        <div class="row between">
          <strong class="big numbers">{one.gross_cents > 0 || one.claim_cents === 0 ? text.payments.net(money(one.net_cents)) : money(one.claim_cents)}</strong>
          <Badge kind={state.kind}>{state.words}</Badge>
        </div>
        {['open', 'in_batch'].includes(one.state) && <div class="muted small">{text.payments.planned(longDay(one.pay_day))}</div>}
        {one.state === 'held' && <p>{text.payments.failed(text.payments.reasons[one.reason] ?? text.payments.otherReason(one.reason))} {isOwn && text.client.failedMeans}</p>}
        {one.claim_cents > 0 && isOwn && <p>{text.client.claimMeans}</p>}
        <dl class="facts sums">
          {figures.filter(([, value]) => value !== '').map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`} class="numbers">{value}</dd>])}
        </dl>
        {one.gross_cents > 0 && <p class="muted small">{(isOwn ? text.client : text.payments).credit[String(one.has_declared_credit)]}</p>}
        <PaidWeeks lines={one.lines} isOpen={isOpen} onWeek={onWeek} />
      </div>
    </li>
  );
}

/** The weeks that a payment is made of, newest first. */
function PaidWeeks({ lines, isOpen, onWeek }: { lines: Payment['lines']; isOpen: boolean; onWeek: (monday: string) => void }) {
  const { benefit: text } = useBenefitText();
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? lines.toReversed() : lines.toReversed().slice(0, weeksAtOnce);
  return (
    <details open={isOpen}>
      <summary>{text.payments.weeks(lines.length)}</summary>
      <ul class="things lines">
        {shown.map((line) => {
          const name = weekName(line.monday, text.week);
          return (
            <li key={line.monday}>
              <div>
                <span class="numbers">{name}: <strong class="whole">{money(line.due_cents - line.before_cents)}</strong></span>
                {line.before_cents !== 0 && <div class="muted small numbers">{text.payments.correction(money(line.before_cents), money(line.due_cents))}</div>}
              </div>
              <button type="button" class="button quiet" aria-haspopup="dialog" aria-label={`${text.weeks.explainShort}, ${name}`} onClick={() => onWeek(line.monday)}>{text.weeks.explainShort}</button>
            </li>
          );
        })}
      </ul>
      {!isWhole && lines.length > weeksAtOnce && <Button kind="quiet" onClick={() => setIsWhole(true)}>{text.weeks.all(lines.length)}</Button>}
    </details>
  );
}
