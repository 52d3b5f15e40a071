import { today } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Form, refuse } from '../../ui/form';
import { TextField } from '../../ui/text_field';

/** Asks when a step was done. */
export function TaskDialog({ name, onDone, onClose }: { name: string; onDone: (day: string) => Promise<void>; onClose: () => void }) {
  const { office: { file: text }, states } = useText();
  return (
    <Dialog title={text.doneTitle(name)} onClose={onClose}>
      <Form
        onSend={async ({ done_on = '' }) => {
          if (done_on === '') refuse({ field: 'done_on', code: 'missing', detail: text.doneDayMissing });
          await onDone(done_on);
          onClose();
        }}
        buttons={(isBusy) => (
          <>
            <Button kind="primary" type="submit" isBusy={isBusy}>{text.markDone}</Button>
            <Button onClick={onClose}>{states.cancel}</Button>
          </>
        )}
      >
        <TextField name="done_on" label={text.doneDay} type="date" defaultValue={today()} width="medium" />
      </Form>
    </Dialog>
  );
}
