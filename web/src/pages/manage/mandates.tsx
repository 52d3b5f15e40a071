import { useState } from '#fw';
import type { components } from '../../api/office';
import { common } from '../../lib/api';
import { day } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { GiveMandate } from './give_mandate';

type Mandate = components['schemas']['Mandate'];

/** Who stands in for whom, as far as the user has a part in it. */
export default function Mandates() {
  const { manage: { mandates: text } } = useText();
  const { session } = useSession();
  const list = useLoad((signal) => common.get('/api/v1/mandates', { signal }), []);
  const [ending, setEnding] = useState<Mandate | null>(null);
  const words = (one: Mandate) => (one.is_own ? text.given(one.given_to_name)
    : one.given_to === session.user ? text.taken(one.given_by_name) : text.other(one.given_by_name, one.given_to_name));
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <Loaded of={list}>
        {({ mandates, can_be_given_to: colleagues }) => (
          <div class="two">
            <Card>
              {mandates.length === 0 && <Empty icon="people"><p>{text.none}</p></Empty>}
              <ul class="things">
                {mandates.map((one) => (
                  <li key={one.mandate}>
                    <div>
                      <strong>{words(one)}</strong>
                      <div class="muted small">{text.period(day(one.starts_on), day(one.ends_on))}</div>
                      {one.tasks.length > 0 && <div class="row">{one.tasks.map((task) => <Badge key={task}>{text.tasks[task]}</Badge>)}</div>}
                    </div>
                    {one.is_own && <Button label={`${text.end}: ${one.given_to_name}`} onClick={() => setEnding(one)}>{text.end}</Button>}
                  </li>
                ))}
              </ul>
            </Card>
            {session.role !== 'delegated_staff' && <GiveMandate colleagues={colleagues} onGiven={list.reload} />}
          </div>
        )}
      </Loaded>
      {ending && (
        <Confirm
          title={text.endTitle} why={text.endWhy} action={text.end} isHarmful onClose={() => setEnding(null)}
          onConfirm={async () => {
            await common.del('/api/v1/mandates/{mandate}', { path: { mandate: ending.mandate } });
            list.reload();
          }}
        />
      )}
    </>
  );
}
