import { office } from '../../lib/api';
import { count, today } from '../../lib/format';
import { nextPayDay } from '../../lib/pay_days';
import { useText } from '../../text/use_text';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { refuse } from '../../ui/form';
import { TextField } from '../../ui/text_field';

/** Makes a batch of what is to be paid, for the next day on which clients are paid unless another is chosen. */
export function MakeBatch({ open, onMade, onClose }: { open: number; onMade: (batch: string) => void; onClose: () => void }) {
  const { payments: { batches: text } } = useText();
  return (
    <Dialog title={text.makeTitle} onClose={onClose}>
      <p>{open === 0 ? text.nothingOpen : open === 1 ? text.makeWhyOne : text.makeWhy(count(open))}</p>
      <DialogForm
        action={text.make} onCancel={onClose}
        onSend={async ({ execution_day = '' }) => {
          if (execution_day === '') refuse({ field: 'execution_day', code: 'missing', detail: text.dayMissing });
          const { batch } = await office.post('/api/v1/payment-batches', { execution_day });
          onMade(batch);
        }}
      >
        <TextField name="execution_day" type="date" label={text.dayLabel} hint={text.dayHint} defaultValue={nextPayDay(today())} width="medium" />
      </DialogForm>
    </Dialog>
  );
}
