import { useState } from '#fw';
import { common } from '../../lib/api';
import { moment } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Loaded, useWords } from '../../ui/loaded';

/** Where the user is signed in, and how to end it. */
export function SessionsCard() {
  const { sessions: text } = useText();
  const words = useWords();
  const sessions = useLoad((signal) => common.get('/api/v1/sessions', { signal }), []);
  const [trouble, setTrouble] = useState('');
  async function end(work: () => Promise<unknown>): Promise<void> {
    setTrouble('');
    try {
      await work();
    } catch (error) {
      setTrouble(words(error, true));
    }
    sessions.reload();
  }
  const endOne = (session: string) => end(() => common.del('/api/v1/sessions/{session}', { path: { session } }));
  return (
    <Card title={text.title}>
      <p class="muted">{text.intro}</p>
      {trouble && <Alert kind="bad">{trouble}</Alert>}
      <Loaded of={sessions}>
        {(data) => (
          <>
            <ul class="things">
              {data.sessions.slice(0, 10).map((one) => (
                <li key={one.session}>
                  <div>
                    <div class="row">
                      <strong>{text.from} {one.source}</strong>
                      {one.is_this && <Badge kind="ok">{text.here}</Badge>}
                      {!one.is_this && <Badge>{one.is_open ? text.open : text.ended}</Badge>}
                    </div>
                    <div class="muted small">{text.opened} {moment(one.created_at)}. {text.seen} {moment(one.last_seen_at)}.</div>
                  </div>
                  {one.is_open && !one.is_this && (
                    <Button label={`${text.end}: ${one.source}, ${moment(one.created_at)}`} onClick={() => { void endOne(one.session); }}>{text.end}</Button>
                  )}
                </li>
              ))}
            </ul>
            {data.sessions.filter((one) => one.is_open && !one.is_this).length > 1 && (
              <div class="buttons"><Button onClick={() => { void end(() => common.del('/api/v1/sessions')); }}>{text.endOthers}</Button></div>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
