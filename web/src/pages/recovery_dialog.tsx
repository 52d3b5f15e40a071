import { today } from '../lib/format';
import { useText } from '../text/use_text';
import { Dialog } from '../ui/dialog';
import { DialogForm } from '../ui/dialog_form';
import { refuse } from '../ui/form';
import { TextField } from '../ui/text_field';

/** Asks from which day on somebody is not ill any more. Closes when it was reported. */
export function RecoveryDialog({ action, why, onReport, onClose }: { action: string; why: string; onReport: (day: string) => Promise<unknown>; onClose: () => void }) {
  const { recovery: text } = useText();
  return (
    <Dialog title={action} onClose={onClose}>
      <p>{why}</p>
      <DialogForm
        action={action} onCancel={onClose}
        onSend={async ({ first_fit_day = '' }) => {
          if (first_fit_day === '') refuse({ field: 'first_fit_day', code: 'missing', detail: text.dayMissing });
          await onReport(first_fit_day);
          onClose();
        }}
      >
        <TextField name="first_fit_day" label={text.firstFitDay} hint={text.dayHint} type="date" defaultValue={today()} width="medium" />
      </DialogForm>
    </Dialog>
  );
}
