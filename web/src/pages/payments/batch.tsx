import { useState } from '#fw';
import { office } from '../../lib/api';
import { count, day, moment, money } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useAgain } from '../../lib/use_again';
import { isChangedMeanwhile, useChange } from '../../lib/use_change';
import { useLoad } from '../../lib/use_load';
import type { PageProps } from '../../shell/side';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Done } from '../../ui/done';
import { Empty } from '../../ui/empty';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Progress } from '../../ui/progress';
import { Totals } from '../../ui/totals';
import { BatchState, type Batch } from './batch_state';
import { Digest } from './digest';
import { ReleaseBatch } from './release_batch';

/** Why there is, or is not, a button to release it. Nothing when there is one. */
function useWhy(batch: Batch, role: string): string | null {
  const { payments: { batch: { why } } } = useText();
  switch (batch.state) {
    case 'preparing': return why.preparing;
    case 'released': return role === 'payments' ? why.releasedMaker : why.released;
    case 'cancelled': return batch.transfers === 0 ? why.empty : why.cancelled;
    case 'prepared':
      if (role !== 'payments') return why.reader;
      if (batch.is_own) return batch.releases.length > 0 ? why.ownOnce : why.own;
      return batch.is_released_by_me ? why.once : null;
  }
}

/** The files of a batch, with what tells one from another. */
function Files({ batch, isTaker }: { batch: Batch; isTaker: boolean }) {
  const { payments: { batch: text } } = useText();
  if (batch.files.length === 0) return <Empty icon="document"><p>{text.noFiles}</p></Empty>;
  return (
    <>
      <p class="muted">{text.filesWhy}</p>
      <ul class="things">
        {batch.files.map((file) => (
          <li key={file.number}>
            <div class="stack close">
              <div><strong>{text.file(file.number)}</strong> <span class="muted numbers">{text.fileSays(file.transfers === 1, count(file.transfers), money(file.sum_cents))}</span></div>
              <Digest label={text.digest(file.number)} digest={file.digest} />
            </div>
            {isTaker && batch.state === 'released' && (
              <a class="button" href={`/api/v1/payment-batches/${batch.batch}/files/${file.number}`} download aria-label={text.downloadOf(file.number)}>{text.download}</a>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Who released it, and when; twice. */
function Releases({ batch }: { batch: Batch }) {
  const { payments: { batch: text } } = useText();
  const { session } = useSession();
  const who = (id: string) => (id === session.user ? text.you : text.other(id.slice(-6)));
  return (
    <dl class="facts">
      {[text.first, text.second].map((name, i) => {
        const release = batch.releases[i];
        return [<dt key={name}>{name}</dt>, <dd key={`${name} by`} class="numbers">{release ? text.releasedAt(who(release.released_by), moment(release.released_at)) : <span class="muted">{text.notYet}</span>}</dd>];
      })}
    </dl>
  );
}

/** All of a batch, once it is there. */
function BatchHere({ batch, reload }: { batch: Batch; reload: () => void }) {
  const { payments: { batches, batch: text } } = useText();
  const { session: { role } } = useSession();
  const { change, isOld } = useChange(batch, (seen) => office.get('/api/v1/payment-batches/{batch}', { path: { batch: seen.batch } }), reload);
  const [asked, setAsked] = useState<'release' | 'cancel' | null>(null);
  const [done, setDone] = useState('');
  const close = () => setAsked(null);
  const why = useWhy(batch, role);
  const cancels = role === 'payments' && (batch.state === 'preparing' || batch.state === 'prepared');
  async function cancel(): Promise<void> {
    try {
      await change((headers) => office.del('/api/v1/payment-batches/{batch}', { path: { batch: batch.batch }, headers }));
    } catch (error) {
      if (isChangedMeanwhile(error)) close();
      throw error;
    }
    setDone(text.cancelledNow);
  }
  return (
    <>
      <PageHead
        title={batches.number(batch.number)} intro={text.intro(day(batch.execution_day))}
        back={<Link class="back" href="/payments"><Icon name="back" />{text.back}</Link>}
      />
      {isOld && <Alert kind="warn"><p>{text.changed}</p><Button onClick={reload}>{text.showNewest}</Button></Alert>}
      {done !== '' && <Done key={done}>{done}</Done>}
      <Card>
        <BatchState batch={batch} />
        {batch.state === 'preparing' && <Progress label={batches.making(batch.number)} />}
        <Totals
          isSmall of={[
            { name: batches.transfers, value: count(batch.transfers) }, { name: batches.sum, value: money(batch.sum_cents) },
            { name: batches.day, value: day(batch.execution_day) },
          ]}
        />
        <p class="muted small">{batches.made} {batch.is_own ? text.madeByYou(moment(batch.made_at)) : text.madeBy(moment(batch.made_at))}</p>
      </Card>
      <Card title={text.files}><Files batch={batch} isTaker={role === 'payments'} /></Card>
      <Card title={text.releases}>
        <Releases batch={batch} />
        {why !== null && <p>{why}</p>}
        {(why === null || cancels) && (
          <div class="buttons">
            {why === null && <Button kind="primary" icon="check" onClick={() => setAsked('release')}>{text.release}</Button>}
            {cancels && <Button kind="danger" onClick={() => setAsked('cancel')}>{text.cancel}</Button>}
          </div>
        )}
      </Card>
      {asked === 'release' && <ReleaseBatch batch={batch} change={change} onClose={close} onDone={() => { close(); setDone(text.releasedNow); }} />}
      {asked === 'cancel' && <Confirm title={text.cancelTitle(batch.number)} why={text.cancelWhy} action={text.cancelAction} isHarmful onConfirm={cancel} onClose={close} />}
    </>
  );
}

/** One batch: its files, who released it, and what can be done with it. */
export default function BatchPage({ values: { batch: id = '' } }: PageProps) {
  const load = useLoad((signal) => office.get('/api/v1/payment-batches/{batch}', { path: { batch: id }, signal }), [id]);
  useAgain(load, load.data?.state === 'preparing');
  return <Loaded of={load} rows={6}>{(batch) => <BatchHere batch={batch} reload={load.reload} />}</Loaded>;
}
