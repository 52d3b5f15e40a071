import { useState } from '#fw';
import { office } from '../../lib/api';
import { moment } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useLoad } from '../../lib/use_load';
import { NotFound } from '../../shell/not_found';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Done } from '../../ui/done';
import { Empty } from '../../ui/empty';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { JudgeAccount, type Waiting } from './judge_account';

function WaitingItem({ one, onAsk }: { one: Waiting; onAsk: () => void }) {
  const { payments: { accounts: text } } = useText();
  return (
    <li>
      <div>
        <div class="row">
          <strong>{one.holder}</strong><span class="numbers">{one.masked}</span>
          <Badge kind={one.is_first ? 'plain' : 'warn'}>{one.is_first ? text.first : text.changed}</Badge>
        </div>
        <div class="muted small numbers">{text.entered(moment(one.proposed_at))}</div>
        {one.is_own && <div class="small">{text.own}</div>}
      </div>
      <div class="row">
        <Link class="button quiet" href={`/cases/${one.case}`} label={text.toCaseOf(one.holder)}>{text.toCase}</Link>
        {one.is_own
          ? <Button label={text.withdrawOf(one.holder)} onClick={onAsk}>{text.withdraw}</Button>
          : <Button kind="primary" label={text.judgeOf(one.holder)} onClick={onAsk}>{text.judge}</Button>}
      </div>
    </li>
  );
}

/** The accounts to be paid to that wait for a decision of somebody who did not enter them. */
function AccountsHere() {
  const { payments: { accounts: text } } = useText();
  const list = useLoad((signal) => office.get('/api/v1/payee-accounts', { signal }), []);
  const [asked, setAsked] = useState<Waiting | null>(null);
  const [done, setDone] = useState('');
  const close = () => setAsked(null);
  const finish = (sentence: string) => {
    close();
    setDone(sentence);
    list.reload();
  };
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <div class="stack">
        {done !== '' && <Done key={done}>{done}</Done>}
        <Card>
          <Loaded of={list}>
            {({ accounts }) => (
              <>
                {accounts.length === 0 && <Empty icon="check"><p>{text.none}</p></Empty>}
                {accounts.length > 0 && (
                  <ul class="things">
                    {accounts.map((one) => <WaitingItem key={one.account} one={one} onAsk={() => { setDone(''); setAsked(one); }} />)}
                  </ul>
                )}
              </>
            )}
          </Loaded>
        </Card>
      </div>
      {asked && !asked.is_own && <JudgeAccount one={asked} onDone={finish} onClose={close} />}
      {asked?.is_own && (
        <Confirm
          title={text.withdrawTitle} why={text.withdrawWhy} action={text.withdraw} isHarmful onClose={close}
          onConfirm={async () => {
            await office.del('/api/v1/payee-accounts/{account}', { path: { account: asked.account } });
            finish(text.withdrawn);
          }}
        />
      )}
    </>
  );
}

export default function PayeeAccounts() {
  const { session: { role } } = useSession();
  return role === 'benefit_specialist' ? <AccountsHere /> : <NotFound />;
}
