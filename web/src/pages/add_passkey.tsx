import { common } from '../lib/api';
import { makePasskey } from '../lib/passkey';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Form, refuse } from '../ui/form';
import { TextField } from '../ui/text_field';

/** A passkey of this browser, this phone or a security key. */
export function AddPasskey({ onDone, onCancel }: { onDone: () => Promise<void>; onCancel?: () => void }) {
  const { factors: text, states, signIn } = useText();
  async function add(name: string): Promise<void> {
    if (name.trim() === '') refuse({ field: 'name', code: 'missing', detail: signIn.fillIn });
    const offer = await common.post('/api/v1/session/factors/passkey-offers');
    const made = await makePasskey(offer).catch(() => refuse({ field: '', code: 'stopped', detail: text.stopped }));
    await common.post('/api/v1/session/factors/passkeys', { name, ...made });
    await onDone();
  }
  return (
    <Form
      onSend={({ name = '' }) => add(name)}
      buttons={(isBusy) => (
        <>
          <Button kind="primary" type="submit" isBusy={isBusy}>{text.addPasskey}</Button>
          {onCancel && <Button kind="quiet" onClick={onCancel}>{states.cancel}</Button>}
        </>
      )}
    >
      <TextField name="name" label={text.name} hint={text.nameHint} maxLength={100} />
    </Form>
  );
}
