import { useState } from '#fw';
import { common } from '../lib/api';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Form } from '../ui/form';
import { PasswordField } from '../ui/password_field';
import { StrengthMeter } from '../ui/strength_meter';

/** The own password; the first time that of the welcome. */
export function ChangePasswordForm({ isWelcome, onDone }: { isWelcome: boolean; onDone: () => Promise<void> }) {
  const { password: text, product } = useText();
  const [typed, setTyped] = useState('');
  return (
    <Form
      onSend={async ({ old_password = '', new_password = '' }) => {
        await common.put('/api/v1/session/password', { old_password, new_password });
        await onDone();
      }}
      buttons={(isBusy) => <Button kind="primary" type="submit" isBusy={isBusy}>{text.submit}</Button>}
    >
      <PasswordField name="old_password" label={isWelcome ? text.welcomePassword : text.old} autoComplete="current-password" />
      <PasswordField name="new_password" label={text.next} hint={text.hint} autoComplete="new-password" onInput={setTyped} />
      <StrengthMeter password={typed} own={[product]} />
    </Form>
  );
}
