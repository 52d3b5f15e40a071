import { useState } from '#fw';
import type { paths } from '../../api/medical';
import { medical, type AnswerOf } from '../../lib/api';
import { moment } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';

type Emergency = AnswerOf<paths, '/api/v1/emergency-accesses'>['emergency_accesses'][number];
const isOver = (until: string): boolean => Date.parse(until) < Date.now();

/** What was opened in an emergency, to be looked at within a day. */
export default function Emergencies() {
  const { medical: { emergencies: text } } = useText();
  const list = useLoad((signal) => medical.get('/api/v1/emergency-accesses', { signal }), []);
  const [asked, setAsked] = useState<{ one: Emergency; isJustified: boolean } | null>(null);
  const verdict = (isJustified: boolean) => (isJustified ? text.justified : text.notJustified);
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <Card>
        <Loaded of={list}>
          {({ emergency_accesses: all }) => (
            <>
              {all.length === 0 && <Empty icon="check"><p>{text.none}</p></Empty>}
              <ul class="things">
                {all.map((one) => (
                  <li key={one.emergency_access}>
                    <div>
                      <div class="row"><strong>{text.by(one.doctor, moment(one.opened_at))}</strong>{isOver(one.review_until) && <Badge kind="bad" icon="clock">{text.late}</Badge>}</div>
                      <p class="pre">{one.reason}</p>
                      <div class="muted small">{text.until(moment(one.review_until))}</div>
                    </div>
                    <div class="row">
                      {[true, false].map((isJustified) => (
                        <Button
                          key={String(isJustified)} kind={isJustified ? 'plain' : 'danger'} label={`${verdict(isJustified)}: ${text.by(one.doctor, moment(one.opened_at))}`}
                          onClick={() => setAsked({ one, isJustified })}
                        >
                          {verdict(isJustified)}
                        </Button>
                      ))}
                    </div>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      </Card>
      {asked && (
        <Confirm
          title={text.askTitle(asked.one.doctor)} why={text.askWhy} action={verdict(asked.isJustified)} isHarmful={!asked.isJustified} onClose={() => setAsked(null)}
          onConfirm={async () => {
            await medical.post('/api/v1/emergency-accesses/{emergency_access}/review', { is_justified: asked.isJustified }, { path: { emergency_access: asked.one.emergency_access } });
            list.reload();
          }}
        />
      )}
    </>
  );
}
