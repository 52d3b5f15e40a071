import { office } from '../../lib/api';
import { today } from '../../lib/format';
import { closedWeeks } from '../../lib/pay_days';
import { useText } from '../../text/use_text';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { SelectField } from '../../ui/select_field';
import { useWeekName } from './week_name';

const weeksOffered = 12;

/** Starts the run of a week: the newest that is closed, unless another is chosen. */
export function StartRun({ onStarted, onClose }: { onStarted: (run: string) => void; onClose: () => void }) {
  const { payments: { runs: text } } = useText();
  const name = useWeekName();
  const weeks = closedWeeks(today(), weeksOffered);
  return (
    <Dialog title={text.startTitle} onClose={onClose}>
      <p>{text.startWhy}</p>
      <DialogForm
        action={text.start} onCancel={onClose}
        onSend={async ({ week = '' }) => {
          const { run } = await office.post('/api/v1/pay-runs', { week });
          onStarted(run);
        }}
      >
        <SelectField name="week" label={text.weekLabel} hint={text.weekHint} options={weeks.map((value) => ({ value, label: name.withDays(value) }))} />
      </DialogForm>
    </Dialog>
  );
}
