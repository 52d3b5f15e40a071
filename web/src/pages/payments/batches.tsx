import { useState } from '#fw';
import { office } from '../../lib/api';
import { count, day, moment, money } from '../../lib/format';
import { go } from '../../lib/router';
import { useSession } from '../../lib/session';
import { useAgain } from '../../lib/use_again';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Empty } from '../../ui/empty';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Progress } from '../../ui/progress';
import { Table } from '../../ui/table';
import { Totals } from '../../ui/totals';
import { BatchState, type Batch } from './batch_state';
import { MakeBatch } from './make_batch';

function BatchRow({ batch }: { batch: Batch }) {
  const { payments: { batches: text } } = useText();
  const { session: { role } } = useSession();
  // An auditor sees what was paid in all, and not how a batch is made up.
  const opens = role !== 'auditor';
  return (
    <tr class={opens ? 'linked' : undefined}>
      <td>
        {opens ? <Link href={`/payments/${batch.batch}`}>{text.number(batch.number)}</Link> : text.number(batch.number)}
        <div class="muted small numbers">{moment(batch.made_at)}</div>
      </td>
      <td data-label={text.day} class="numbers">{day(batch.execution_day)}</td>
      <td><BatchState batch={batch} /></td>
      <td data-label={text.transfers} class="amount">{count(batch.transfers)}</td>
      <td data-label={text.sum} class="amount">{money(batch.sum_cents)}</td>
    </tr>
  );
}

/** What is to be paid, and the newest batches. */
export default function Batches() {
  const { payments: { batches: text } } = useText();
  const { session: { role } } = useSession();
  const list = useLoad((signal) => office.get('/api/v1/payment-batches', { signal }), []);
  const [isMaking, setIsMaking] = useState(false);
  const going = list.data?.batches.find((one) => one.state === 'preparing');
  useAgain(list, going !== undefined);
  const makes = role === 'payments';
  return (
    <>
      <PageHead title={text.title} intro={text.intro}>
        {makes && <Button kind="primary" icon="plus" onClick={() => setIsMaking(true)}>{text.make}</Button>}
      </PageHead>
      <Loaded of={list} rows={6}>
        {({ batches, open, held }) => (
          <>
            <Card>
              <Totals
                of={[
                  { name: text.open, value: count(open), hint: text.openWhy },
                  { name: text.held, value: count(held), hint: <>{held > 0 && `${text.heldWhy}. `}{makes && held > 0 && <Link href="/bank">{text.toHeld}</Link>}</> },
                ]}
              />
              {going && (
                <div>
                  <Progress label={text.making(going.number)} />
                  <p class="muted small numbers">{text.soFar(count(going.transfers))}</p>
                </div>
              )}
            </Card>
            {batches.length === 0 && <Card><Empty icon="euro"><p>{text.none}</p></Empty></Card>}
            {batches.length > 0 && (
              <Table heads={[text.batch, text.day, text.state, <span key="transfers" class="amount">{text.transfers}</span>, <span key="sum" class="amount">{text.sum}</span>]}>
                {batches.map((batch) => <BatchRow key={batch.batch} batch={batch} />)}
              </Table>
            )}
          </>
        )}
      </Loaded>
      {isMaking && list.data && (
        <MakeBatch
          open={list.data.open} onMade={(batch) => go(`/payments/${batch}`)}
          onClose={() => {
            setIsMaking(false);
            list.reload();
          }}
        />
      )}
    </>
  );
}
