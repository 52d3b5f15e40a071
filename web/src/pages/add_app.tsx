import { common } from '../lib/api';
import { useLoad } from '../lib/use_load';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Form } from '../ui/form';
import { Loaded } from '../ui/loaded';
import { QrCode } from '../ui/qr_code';
import { TextField } from '../ui/text_field';

/** An authenticator app: shows its secret once, and asks for the first code. */
export function AddApp({ onDone, onCancel }: { onDone: () => Promise<void>; onCancel?: () => void }) {
  const { factors: text, states } = useText();
  const offer = useLoad(() => common.post('/api/v1/session/factors/app-offers'), []);
  return (
    <Loaded of={offer}>
      {({ offer: kept, secret, qr_code: rows }) => (
        <Form
          onSend={async ({ name = '', code = '' }) => {
            await common.post('/api/v1/session/factors/apps', { name, code: code.replaceAll(/\s/g, ''), offer: kept });
            await onDone();
          }}
          buttons={(isBusy) => (
            <>
              <Button kind="primary" type="submit" isBusy={isBusy}>{text.addApp}</Button>
              {onCancel && <Button kind="quiet" onClick={onCancel}>{states.cancel}</Button>}
            </>
          )}
        >
          <p>{text.scan}</p>
          <QrCode rows={rows} label={text.qr} />
          <p><span class="muted">{text.secret}:</span> <code>{secret.match(/.{1,4}/g)?.join(' ')}</code></p>
          <TextField name="name" label={text.name} hint={text.nameHint} maxLength={100} />
          <TextField name="code" label={text.firstCode} autoComplete="one-time-code" inputMode="numeric" maxLength={9} width="short" />
        </Form>
      )}
    </Loaded>
  );
}
