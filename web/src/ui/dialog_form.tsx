import type { ComponentChildren } from '#fw';
import { useText } from '../text/use_text';
import { Button } from './button';
import { Form, type Values } from './form';

interface Props {
  /** What the button says that does it. */
  action: string;
  isHarmful?: boolean;
  /** What it throws is shown, and the dialog stays. */
  onSend: (values: Values) => Promise<void>;
  onCancel: () => void;
  children: ComponentChildren;
}

/** The form of a dialog: one button that does it, and one back. */
export function DialogForm({ action, isHarmful = false, onSend, onCancel, children }: Props) {
  const { states } = useText();
  return (
    <Form
      onSend={onSend}
      buttons={(isBusy) => (
        <>
          <Button kind={isHarmful ? 'danger' : 'primary'} type="submit" isBusy={isBusy}>{action}</Button>
          <Button kind="quiet" onClick={onCancel}>{states.cancel}</Button>
        </>
      )}
    >
      {children}
    </Form>
  );
}
