import { useState } from '#fw';
import { common } from '../../lib/api';
import { day } from '../../lib/format';
import { passkeysWork } from '../../lib/passkey';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Loaded, useWords } from '../../ui/loaded';
import { AddApp } from '../add_app';
import { AddPasskey } from '../add_passkey';

/** The second factors of the user, with what can be done to them. */
export function FactorsCard() {
  const { factors: text } = useText();
  const factors = useLoad((signal) => common.get('/api/v1/session/factors', { signal }), []);
  const [adding, setAdding] = useState<'app' | 'passkey' | null>(null);
  const [removing, setRemoving] = useState<{ factor: string; name: string } | null>(null);
  const added = async () => {
    setAdding(null);
    factors.reload();
  };
  return (
    <Card title={text.title}>
      <Loaded of={factors} rows={2}>
        {(data) => (
          <>
            {data.factors.length === 0 && <p class="muted">{text.none}</p>}
            <ul class="things">
              {data.factors.map((one) => (
                <li key={one.factor}>
                  <div>
                    <strong>{one.name}</strong>
                    <div class="muted small">
                      {one.kind === 'passkey' ? text.passkey : text.app}. {text.added(day(one.created_at.slice(0, 10)))},{' '}
                      {one.last_used_at ? text.used(day(one.last_used_at.slice(0, 10))) : text.neverUsed}
                    </div>
                  </div>
                  <Button label={`${text.remove}: ${one.name}`} onClick={() => setRemoving(one)}>{text.remove}</Button>
                </li>
              ))}
            </ul>
            <RecoveryCodes left={data.recovery_codes_left} onRenewed={factors.reload} />
          </>
        )}
      </Loaded>
      {adding === null && (
        <div class="buttons">
          <Button icon="plus" onClick={() => setAdding('app')}>{text.addApp}</Button>
          {passkeysWork() && <Button icon="key" onClick={() => setAdding('passkey')}>{text.addPasskey}</Button>}
        </div>
      )}
      {adding === 'app' && <AddApp onDone={added} onCancel={() => setAdding(null)} />}
      {adding === 'passkey' && <AddPasskey onDone={added} onCancel={() => setAdding(null)} />}
      {removing && (
        <Confirm
          title={text.removeTitle(removing.name)} why={text.removeWhy} action={text.remove} isHarmful onClose={() => setRemoving(null)}
          onConfirm={async () => {
            await common.del('/api/v1/session/factors/{factor}', { path: { factor: removing.factor } });
            factors.reload();
          }}
        />
      )}
    </Card>
  );
}

/** How many recovery codes are left, and new ones, told once. */
function RecoveryCodes({ left, onRenewed }: { left: number; onRenewed: () => void }) {
  const { factors: text, states } = useText();
  const words = useWords();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [trouble, setTrouble] = useState('');
  async function renew(): Promise<void> {
    setTrouble('');
    try {
      setCodes((await common.post('/api/v1/session/recovery-codes')).codes);
      onRenewed();
    } catch (error) {
      setTrouble(words(error, true));
    }
  }
  return (
    <div class="stack">
      <h3>{text.codesTitle}</h3>
      <p class="muted">{text.codesWhy} {text.codesLeft(left)}</p>
      {trouble && <Alert kind="bad">{trouble}</Alert>}
      {codes && (
        <>
          <Alert kind="warn">{text.codesOnce}</Alert>
          <ul class="codes">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
          <div class="buttons"><Button onClick={() => print()}>{states.print}</Button></div>
        </>
      )}
      <div class="buttons"><Button onClick={() => { void renew(); }}>{text.newCodes}</Button></div>
    </div>
  );
}
