import { Dialog } from './dialog';
import { DialogForm } from './dialog_form';

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
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{why}</p>
      <DialogForm
        action={action} isHarmful={isHarmful} onCancel={onClose}
        onSend={async () => {
          await onConfirm();
          onClose();
        }}
      >
        {null}
      </DialogForm>
    </Dialog>
  );
}
