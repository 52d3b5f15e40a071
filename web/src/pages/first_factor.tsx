import { useState } from '#fw';
import { passkeysWork } from '../lib/passkey';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { AddApp } from './add_app';
import { AddPasskey } from './add_passkey';

/** Who has no second factor makes one before anything else. */
export function FirstFactor({ onDone }: { onDone: () => Promise<void> }) {
  const { factors: text } = useText();
  const [kind, setKind] = useState<'app' | 'passkey' | null>(null);
  return (
    <div class="stack">
      <p>{text.first}</p>
      {kind === null && (
        <div class="buttons">
          <Button kind="primary" onClick={() => setKind('app')}>{text.addApp}</Button>
          {passkeysWork() && <Button icon="key" onClick={() => setKind('passkey')}>{text.addPasskey}</Button>}
        </div>
      )}
      {kind === 'app' && <AddApp onDone={onDone} onCancel={() => setKind(null)} />}
      {kind === 'passkey' && <AddPasskey onDone={onDone} onCancel={() => setKind(null)} />}
    </div>
  );
}
