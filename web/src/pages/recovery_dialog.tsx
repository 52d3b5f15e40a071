import { today } from '../lib/format';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Form, refuse } from '../ui/form';
import { TextField } from '../ui/text_field';

/** Asks from which day on somebody is not ill any more. Closes when it was reported. */
export function RecoveryDialog({ action, why, onReport, onClose }: { action: string; why: string; onReport: (day: string) => Promise<unknown>; onClose: () => void }) {
  const { recovery: text, states } = useText();
  return (
    <Dialog title={action} onClose={onClose}>
      <p>{why}</p>
      <Form
        onSend={async ({ first_fit_day = '' }) => {
          if (first_fit_day === '') refuse({ field: 'first_fit_day', code: 'missing', detail: text.dayMissing });
          await onReport(first_fit_day);
          onClose();
        }}
        buttons={(isBusy) => (
          <>
            <Button kind="primary" type="submit" isBusy={isBusy}>{action}</Button>
            <Button kind="quiet" onClick={onClose}>{states.cancel}</Button>
          </>
        )}
      >
        <TextField name="first_fit_day" label={text.firstFitDay} hint={text.dayHint} type="date" defaultValue={today()} width="medium" />
      </Form>
    </Dialog>
  );
}
