import { useEffect, useRef, type ComponentChildren } from '#fw';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Form } from '../../ui/form';

interface Props {
  text: { sign: string; change: string; previewTitle: string; previewWhy: string };
  onSign: () => Promise<void>;
  onChange: () => void;
  children: ComponentChildren;
}

/** What will be signed, to be looked at first. Takes the focus, so that it is read before it is signed. */
export function SignPreview({ text, onSign, onChange, children }: Props) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => { title.current?.focus(); }, []);
  return (
    <Form
      onSend={onSign}
      buttons={(isBusy) => (
        <>
          <Button kind="primary" type="submit" isBusy={isBusy}>{text.sign}</Button>
          <Button onClick={onChange}>{text.change}</Button>
        </>
      )}
    >
      <h3 ref={title} tabIndex={-1}>{text.previewTitle}</h3>
      <Alert kind="warn">{text.previewWhy}</Alert>
      {children}
    </Form>
  );
}
