import { common } from '../lib/api';
import { answerWithPasskey, passkeysWork } from '../lib/passkey';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Form, refuse, type Values } from '../ui/form';
import { PasswordField } from '../ui/password_field';
import { TextField } from '../ui/text_field';

/** Name, password and a second factor: a code, or a passkey. */
export function SignInForm({ onDone }: { onDone: () => Promise<void> }) {
  const text = useText();
  const { signIn } = text;
  const missing = (field: string, detail: string) => ({ field, code: 'missing', detail });

  async function send({ user_name = '', password = '', code = '', how }: Values): Promise<void> {
    const name = user_name.trim();
    const empty = [...(name === '' ? [missing('user_name', signIn.noUserName)] : []), ...(password === '' ? [missing('password', signIn.noPassword)] : []),
      ...(how !== 'passkey' && code.trim() === '' ? [missing('code', signIn.noCode)] : [])];
    if (empty.length > 0) refuse(...empty);
    const proof = how === 'passkey' ? await passkeyProof() : { code: code.trim() };
    await common.post('/api/v1/session', { user_name: name, password, ...proof });
    await onDone();
  }
  async function passkeyProof() {
    const question = await common.get('/api/v1/session/challenge');
    return answerWithPasskey(question).catch(() => refuse({ field: '', code: 'stopped', detail: signIn.passkeyStopped }));
  }
  return (
    <Form
      onSend={send}
      buttons={(isBusy) => (
        <>
          <Button kind="primary" type="submit" isBusy={isBusy}>{signIn.submit}</Button>
          {passkeysWork() && <Button icon="key" how="passkey" isBusy={isBusy}>{signIn.withPasskey}</Button>}
        </>
      )}
    >
      <TextField name="user_name" label={signIn.userName} autoComplete="username" maxLength={64} />
      <PasswordField name="password" label={signIn.password} autoComplete="current-password" />
      <TextField name="code" label={signIn.code} hint={signIn.codeHint} autoComplete="one-time-code" maxLength={60} width="medium" />
    </Form>
  );
}
