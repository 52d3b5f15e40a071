import { useText } from '../text/use_text';
import { Button } from './button';
import { Dialog } from './dialog';
import { Form } from './form';

interface Props {
  title: string;
  why: string;
  /** What the button says that does it. */
  action: string;
  isHarmful?: boolean;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before it does something, and says what went wrong when it does. Closes when it was done. */
export function Confirm({ title, why, action, isHarmful = false, onConfirm, onClose }: Props) {
  const { states } = useText();
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{why}</p>
      <Form
        onSend={async () => {
          await onConfirm();
          onClose();
        }}
        buttons={(isBusy) => (
          <>
            <Button kind={isHarmful ? 'danger' : 'primary'} type="submit" isBusy={isBusy}>{action}</Button>
            <Button kind="quiet" onClick={onClose}>{states.cancel}</Button>
          </>
        )}
      >
        {null}
      </Form>
    </Dialog>
  );
}
