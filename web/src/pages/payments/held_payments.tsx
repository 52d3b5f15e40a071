import { useState } from '#fw';
import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { day, money } from '../../lib/format';
import type { Load } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Done } from '../../ui/done';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';

type Held = components['schemas']['HeldPayment'];

/** What the bank said, in words where the code is known. */
function useReason(): (code: string) => string {
  const { payments: { bank: text } } = useText();
  return (code) => {
    if (code === '') return text.noCode;
    const words = text.reasons[code];
    return words === undefined ? text.code(code) : text.why(words, code);
  };
}

/** What the bank did not pay: why, and a way to ask it again. */
export function HeldPayments({ list }: { list: Load<{ payments: Held[] }> }) {
  const { payments: { bank: text } } = useText();
  const reason = useReason();
  const [asked, setAsked] = useState<Held | null>(null);
  const [isReopened, setIsReopened] = useState(false);
  async function reopen(one: Held): Promise<void> {
    await office.post('/api/v1/payments/{payment}/reopening', undefined, { path: { payment: one.payment } });
    setIsReopened(true);
    list.reload();
  }
  return (
    <Card title={text.held}>
      {isReopened && <Done>{text.reopened}</Done>}
      <Loaded of={list}>
        {({ payments }) => (
          <>
            {payments.length === 0 && <Empty icon="check"><p>{text.noHeld}</p></Empty>}
            {payments.length > 0 && (
              <ul class="things">
                {payments.map((one) => (
                  <li key={one.payment}>
                    <div>
                      <div class="row"><strong class="numbers">{money(one.net_cents)}</strong>{one.end && <Badge kind="bad" icon="alert">{text.ends[one.end]}</Badge>}</div>
                      <div>{reason(one.reason)}</div>
                      <div class="muted small numbers">{text.toAccount(one.masked, day(one.execution_day))}</div>
                      {text.advice[one.reason] && <div class="small">{text.advice[one.reason]}</div>}
                    </div>
                    <Button label={text.reopenOf(money(one.net_cents), one.masked)} onClick={() => { setIsReopened(false); setAsked(one); }}>{text.reopen}</Button>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
      {asked && (
        <Confirm
          title={text.reopenTitle(money(asked.net_cents))} why={[text.reopenWhy, text.advice[asked.reason]].filter(Boolean).join(' ')} action={text.reopen}
          onConfirm={() => reopen(asked)} onClose={() => setAsked(null)}
        />
      )}
    </Card>
  );
}
