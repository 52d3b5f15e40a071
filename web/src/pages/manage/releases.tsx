import { useState } from '#fw';
import type { components } from '../../api/office';
import { common } from '../../lib/api';
import { moment } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';

type Release = components['schemas']['Release'];

/** What is asked to be let out of quarantine, for who decides about it. */
export default function Releases() {
  const { documents: words } = useText();
  const text = words.releases;
  const list = useLoad((signal) => common.get('/api/v1/releases', { signal }), []);
  const [asked, setAsked] = useState<{ release: Release; approves: boolean } | null>(null);
  const found = (one: Release) => (one.signature ? words.infected(one.signature) : words.reasons[one.reason ?? 'not_scanned']);
  const at = (one: Release) => ({ path: { release: one.release } });
  async function decide(one: Release, approves: boolean): Promise<void> {
    if (approves) await common.post('/api/v1/releases/{release}/approval', undefined, at(one));
    else await common.del('/api/v1/releases/{release}', at(one));
    list.reload();
  }
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <Card>
        <Loaded of={list}>
          {({ releases }) => (
            <>
              {releases.length === 0 && <Empty icon="check"><p>{text.none}</p></Empty>}
              <ul class="things">
                {releases.map((one) => (
                  <li key={one.release}>
                    <div>
                      <strong>{one.asked_because ?? text.unreadable}</strong>
                      <div class="small">{text.found}: {found(one)}</div>
                      <div class="muted small">{text.by(one.asked_by_name ?? text.somebody, moment(one.asked_at))}</div>
                    </div>
                    <div class="row">
                      <Button kind="primary" label={`${text.approve}: ${one.asked_because ?? ''}`} onClick={() => setAsked({ release: one, approves: true })}>{text.approve}</Button>
                      <Button label={`${text.refuse}: ${one.asked_because ?? ''}`} onClick={() => setAsked({ release: one, approves: false })}>{text.refuse}</Button>
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
          title={asked.approves ? text.approveTitle : text.refuseTitle} why={asked.approves ? text.approveWhy : text.refuseWhy}
          action={asked.approves ? text.approve : text.refuse} isHarmful={!asked.approves}
          onClose={() => setAsked(null)} onConfirm={() => decide(asked.release, asked.approves)}
        />
      )}
    </>
  );
}
