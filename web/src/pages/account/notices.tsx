import { common } from '../../lib/api';
import { moment } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Loaded } from '../../ui/loaded';

/** What was done with the own sign-in, so that a stranger's doing is seen. */
export function NoticesCard() {
  const { notices: text } = useText();
  const { reload } = useSession();
  const notices = useLoad((signal) => common.get('/api/v1/notices', { signal }), []);
  async function see(): Promise<void> {
    await common.post('/api/v1/notices/seen').catch(() => undefined);
    notices.reload();
    await reload();
  }
  return (
    <Card title={text.title}>
      <Loaded of={notices}>
        {(data) => (
          <>
            {data.notices.length === 0 && <p class="muted">{text.none}</p>}
            <ul class="things">
              {data.notices.slice(0, 10).map((one) => (
                <li key={one.notice}>
                  <div>
                    <div class="row"><span>{one.text}</span>{!one.is_seen && <Badge kind="warn">{text.isNew}</Badge>}</div>
                    <div class="muted small">{moment(one.at)}{one.source && `, ${text.from(one.source)}`}</div>
                  </div>
                </li>
              ))}
            </ul>
            {data.notices.some((one) => !one.is_seen) && (
              <div class="buttons"><Button icon="check" onClick={() => { void see(); }}>{text.seen}</Button></div>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
