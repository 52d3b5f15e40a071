import { office } from '../../lib/api';
import { count, day, money } from '../../lib/format';
import { isChangedMeanwhile, type Change } from '../../lib/use_change';
import { useText } from '../../text/use_text';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { Totals } from '../../ui/totals';
import type { Batch } from './batch_state';
import { Digest } from './digest';

/** Repeats what is released and asks for it; the program asks for the second factor. */
export function ReleaseBatch({ batch, change, onDone, onClose }: { batch: Batch; change: Change; onDone: () => void; onClose: () => void }) {
  const { payments: { batches, batch: text } } = useText();
  async function release(): Promise<void> {
    const files = batch.files.map(({ digest }) => ({ digest }));
    try {
      await change((headers) => office.post('/api/v1/payment-batches/{batch}/releases', { files }, { path: { batch: batch.batch }, headers }));
    } catch (error) {
      // What stands here is not what is there: the page says so.
      if (isChangedMeanwhile(error)) onClose();
      throw error;
    }
    onDone();
  }
  return (
    <Dialog title={text.releaseTitle(batch.number)} isWide onClose={onClose}>
      <p>{text.releaseWhy}</p>
      <Totals
        isSmall of={[
          { name: batches.day, value: day(batch.execution_day) }, { name: batches.transfers, value: count(batch.transfers) },
          { name: batches.sum, value: money(batch.sum_cents) },
        ]}
      />
      {batch.files.map((file) => <Digest key={file.number} label={text.digest(file.number)} digest={file.digest} />)}
      <DialogForm action={text.releaseAction} onCancel={onClose} onSend={release}>{null}</DialogForm>
    </Dialog>
  );
}
