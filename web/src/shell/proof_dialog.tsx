import { common } from '../lib/api';
import { answerWithPasskey, passkeysWork } from '../lib/passkey';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Form, refuse } from '../ui/form';
import { TextField } from '../ui/text_field';

/** Asks for the second factor once more, for what needs a fresh session. */
export function ProofDialog({ onDone }: { onDone: (shown: boolean) => void }) {
  const text = useText();
  async function withCode(code: string): Promise<void> {
    if (code.trim() === '') refuse({ field: 'code', code: 'missing', detail: text.signIn.fillIn });
    await common.post('/api/v1/session/proof', { code: code.trim() });
    onDone(true);
  }
  async function withPasskey(): Promise<void> {
    const { passkey } = await common.get('/api/v1/session');
    const answer = await answerWithPasskey(passkey).catch(() => refuse({ field: '', code: 'stopped', detail: text.signIn.passkeyStopped }));
    await common.post('/api/v1/session/proof', answer);
    onDone(true);
  }
  return (
    <Dialog title={text.proof.title} onClose={() => onDone(false)}>
      <p>{text.proof.why}</p>
      <Form
        onSend={({ code = '', how }) => (how === 'passkey' ? withPasskey() : withCode(code))}
        buttons={(isBusy) => (
          <>
            <Button kind="primary" type="submit" isBusy={isBusy}>{text.proof.submit}</Button>
            {passkeysWork() && <Button icon="key" how="passkey" isBusy={isBusy}>{text.proof.withPasskey}</Button>}
            <Button kind="quiet" onClick={() => onDone(false)}>{text.states.cancel}</Button>
          </>
        )}
      >
        <TextField name="code" label={text.signIn.code} hint={text.signIn.codeHint} autoComplete="one-time-code" width="medium" />
      </Form>
    </Dialog>
  );
}
