import { useState } from '#fw';
import { medical } from '../../lib/api';
import { moment } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Empty } from '../../ui/empty';
import { Loaded, useWords } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';

/** What was opened in an emergency, to be looked at within a day. */
export default function Emergencies() {
  const { medical: { emergencies: text } } = useText();
  const words = useWords();
  const list = useLoad((signal) => medical.get('/api/v1/emergency-accesses', { signal }), []);
  const [trouble, setTrouble] = useState('');
  async function review(id: string, is_justified: boolean): Promise<void> {
    setTrouble('');
    try {
      await medical.post('/api/v1/emergency-accesses/{emergency_access}/review', { is_justified }, { path: { emergency_access: id } });
    } catch (error) {
      setTrouble(words(error, true));
    }
    list.reload();
  }
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      {trouble && <Alert kind="bad">{trouble}</Alert>}
      <Card>
        <Loaded of={list}>
          {({ emergency_accesses: all }) => (
            <>
              {all.length === 0 && <Empty icon="check"><p>{text.none}</p></Empty>}
              <ul class="things">
                {all.map((one) => (
                  <li key={one.emergency_access}>
                    <div>
                      <strong>{text.by(one.doctor, moment(one.opened_at))}</strong>
                      <p class="pre">{one.reason}</p>
                      <div class="muted small">{text.until(moment(one.review_until))}</div>
                    </div>
                    <div class="row">
                      <Button icon="check" onClick={() => { void review(one.emergency_access, true); }}>{text.justified}</Button>
                      <Button kind="danger" onClick={() => { void review(one.emergency_access, false); }}>{text.notJustified}</Button>
                    </div>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      </Card>
    </>
  );
}
