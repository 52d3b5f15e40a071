import { useState } from '#fw';
import { office } from '../../lib/api';
import { moment } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Done } from '../../ui/done';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { ProposeMachine } from './propose_machine';

interface Asked { title: string; why: string; action: string; isHarmful: boolean; work: () => Promise<unknown> }

/** The systems of employers that come in with a certificate, and those that wait for a second administrator. */
export default function ServiceAccounts() {
  const { manage: { machines: text, proposals: words } } = useText();
  const accounts = useLoad((signal) => office.get('/api/v1/service-accounts', { signal }), []);
  const waiting = useLoad((signal) => office.get('/api/v1/service-account-proposals', { signal }), []);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isNew, setIsNew] = useState(false);
  const [proposed, setProposed] = useState(0);
  const reload = () => {
    accounts.reload();
    waiting.reload();
  };
  const at = (id: string) => ({ path: { service_account_proposal: id } });
  return (
    <>
      <PageHead title={text.title} intro={text.intro}>
        <Button kind="primary" icon="plus" onClick={() => setIsNew(true)}>{text.propose}</Button>
      </PageHead>
      <div class="stack">
        {proposed > 0 && <Done key={proposed}>{text.proposed}</Done>}
        <Loaded of={waiting} rows={1}>
          {({ proposals }) => (proposals.length === 0 ? null : (
            <Card title={text.waiting}>
              <ul class="things">
                {proposals.map((one) => (
                  <li key={one.proposal}>
                    <div>
                      <strong>{one.subject}</strong>
                      <div class="muted small">{one.employer}, {text.from(one.networks)}. {words.by(moment(one.proposed_at), moment(one.until))}</div>
                      {one.is_own && <div class="small">{words.own}</div>}
                    </div>
                    <div class="row">
                      {!one.is_own && (
                        <Button
                          kind="primary" label={`${words.approve}: ${one.subject}`}
                          onClick={() => setAsked({ title: one.subject, why: words.approveWhy, action: words.approve, isHarmful: false,
                            work: () => office.post('/api/v1/service-account-proposals/{service_account_proposal}/approval', undefined, at(one.proposal)) })}
                        >{words.approve}</Button>
                      )}
                      <Button
                        label={`${one.is_own ? words.withdraw : words.refuse}: ${one.subject}`}
                        onClick={() => setAsked({ title: one.subject, why: words.endWhy, action: one.is_own ? words.withdraw : words.refuse, isHarmful: true,
                          work: () => office.del('/api/v1/service-account-proposals/{service_account_proposal}', at(one.proposal)) })}
                      >{one.is_own ? words.withdraw : words.refuse}</Button>
                    </div>
                  </li>
                ))}
              </ul>
            </Card>
          ))}
        </Loaded>
        <Card>
          <Loaded of={accounts}>
            {({ service_accounts: all }) => (
              <>
                {all.length === 0 && <Empty icon="key"><p>{text.none}</p></Empty>}
                <ul class="things">
                  {all.map((one) => (
                    <li key={one.service_account}>
                      <div>
                        <div class="row">
                          <strong>{one.subject}</strong>
                          {one.closed_at ? <Badge>{text.closed}</Badge> : <Badge kind="ok" icon="check">{text.open}</Badge>}
                        </div>
                        <div class="muted small">{one.employer}, {text.from(one.networks)}</div>
                      </div>
                      {!one.closed_at && (
                        <Button
                          kind="danger" label={`${text.close}: ${one.subject}`}
                          onClick={() => setAsked({ title: text.closeTitle, why: text.closeWhy, action: text.close, isHarmful: true,
                            work: () => office.post('/api/v1/service-accounts/{service_account}/closing', undefined,
                              { path: { service_account: one.service_account } }) })}
                        >{text.close}</Button>
                      )}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </Loaded>
        </Card>
      </div>
      {isNew && (
        <ProposeMachine
          onClose={() => setIsNew(false)}
          onProposed={() => {
            setIsNew(false);
            setProposed(proposed + 1);
            reload();
          }}
        />
      )}
      {asked && (
        <Confirm
          title={asked.title} why={asked.why} action={asked.action} isHarmful={asked.isHarmful} onClose={() => setAsked(null)}
          onConfirm={async () => {
            await asked.work();
            reload();
          }}
        />
      )}
    </>
  );
}
