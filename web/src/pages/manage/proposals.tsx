import { useState } from '#fw';
import type { components } from '../../api/office';
import { common } from '../../lib/api';
import { moment } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Dialog } from '../../ui/dialog';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Secret } from '../../ui/secret';

type Proposal = components['schemas']['Proposal'];
/** Who proposes when it was the operator of the installation. */
const operator = '00000000-0000-0000-0000-000000000000';

/** What waits for another administrator. */
export default function Proposals() {
  const { manage: { proposals: text, accounts }, roles, states } = useText();
  const list = useLoad((signal) => common.get('/api/v1/account-proposals', { signal }), []);
  const [asked, setAsked] = useState<{ proposal: Proposal; approves: boolean } | null>(null);
  const [half, setHalf] = useState<string | null>(null);
  const endOf = (one: Proposal): string => (one.is_own ? text.withdraw : text.refuse);
  const at = (one: Proposal) => ({ path: { proposal: one.proposal } });
  // Who approves must see whose file the account would open.
  const belongings = (one: Proposal): string[] => (['employer', 'person', 'responsible'] as const)
    .flatMap((name) => (one[name] === null ? [] : [`${text.belongs[name]}: ${one[name]}`]));
  async function approve(one: Proposal): Promise<void> {
    const { second_half } = await common.post('/api/v1/account-proposals/{proposal}/approval', undefined, at(one));
    setHalf(second_half ?? null);
    list.reload();
  }
  async function end(one: Proposal): Promise<void> {
    await common.del('/api/v1/account-proposals/{proposal}', at(one));
    list.reload();
  }
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <Card>
        <Loaded of={list}>
          {({ proposals }) => (
            <>
              {proposals.length === 0 && <Empty icon="check"><p>{text.none}</p></Empty>}
              <ul class="things">
                {proposals.map((one) => (
                  <li key={one.proposal}>
                    <div>
                      <div class="row"><strong>{one.display_name}</strong><Badge>{text.kinds[one.kind]}</Badge></div>
                      <div class="muted small">{[roles[one.role], one.user_name, one.e_mail].filter(Boolean).join(', ')}</div>
                      {belongings(one).map((line) => <div key={line} class="muted small">{line}</div>)}
                      {one.proposed_by === operator && <div class="small">{text.byOperator}</div>}
                      <div class="muted small">{text.by(moment(one.proposed_at), moment(one.until))}</div>
                      {one.is_own && <div class="small">{text.own}</div>}
                    </div>
                    <div class="row">
                      {!one.is_own && (
                        <Button kind="primary" label={`${text.approve}: ${one.display_name}`} onClick={() => setAsked({ proposal: one, approves: true })}>
                          {text.approve}
                        </Button>
                      )}
                      <Button label={`${endOf(one)}: ${one.display_name}`} onClick={() => setAsked({ proposal: one, approves: false })}>{endOf(one)}</Button>
                    </div>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      </Card>
      {asked?.approves && (
        <Confirm
          title={`${text.kinds[asked.proposal.kind]}: ${asked.proposal.display_name}`} why={text.approveWhy} action={text.approve}
          onClose={() => setAsked(null)} onConfirm={() => approve(asked.proposal)}
        />
      )}
      {asked && !asked.approves && (
        <Confirm
          title={`${text.kinds[asked.proposal.kind]}: ${asked.proposal.display_name}`} why={text.endWhy} isHarmful
          action={endOf(asked.proposal)} onClose={() => setAsked(null)} onConfirm={() => end(asked.proposal)}
        />
      )}
      {half !== null && (
        <Dialog title={text.approvedTitle} onClose={() => setHalf(null)}>
          <p>{text.approvedWhy}</p>
          <Secret label={accounts.secondHalf} value={half} />
          <div class="buttons"><Button kind="primary" onClick={() => setHalf(null)}>{states.close}</Button></div>
        </Dialog>
      )}
    </>
  );
}
