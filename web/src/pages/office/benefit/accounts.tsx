import { useState } from '#fw';
import type { components } from '../../../api/office';
import { office } from '../../../lib/api';
import { groupedIban, longDay } from '../../../lib/benefit_format';
import { moment, today } from '../../../lib/format';
import { useLoad } from '../../../lib/use_load';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Alert } from '../../../ui/alert';
import { Badge } from '../../../ui/badge';
import { Button } from '../../../ui/button';
import { Card } from '../../../ui/card';
import { Done } from '../../../ui/done';
import { Loaded } from '../../../ui/loaded';
import { AccountDialog } from './account_dialog';

type Account = components['schemas']['PayeeAccount'];

const isUsable = (one: Account): boolean => one.state === 'approved' && one.usable_from !== null && one.usable_from <= today();

/** The accounts of the client of a case: which is paid to, which will be, which waits; and the way to give another. For the client in words of their own. */
export function Accounts({ id, isOwn = false }: { id: string; isOwn?: boolean }) {
  const { benefit: { accounts: text, client } } = useBenefitText();
  const [isAdding, setIsAdding] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const found = useLoad((signal) => office.get('/api/v1/cases/{case}/payee-accounts', { path: { case: id }, signal }), [id]);
  const any = (found.data?.accounts.length ?? 0) > 0;
  const action = isOwn ? (any ? client.otherAccount : client.firstAccount) : text.add;
  return (
    <Card title={isOwn ? client.account : text.title}>
      {isDone && <Done><p>{isOwn ? client.sent : text.means}</p></Done>}
      <Loaded of={found} rows={2}>
        {({ accounts }) => {
          const current = accounts.find(isUsable);
          // What waits, what will be used, and what is used; the rest when somebody asks for it.
          const now = accounts.filter((one, i) => one === current || one.state === 'proposed' || (one.state === 'approved' && !isUsable(one)) || (one.state === 'refused' && i === 0));
          const earlier = accounts.filter((one) => !now.includes(one));
          const lines = (some: readonly Account[]) => some.map((one) => <AccountLine key={one.account} account={one} isCurrent={one === current} isOwn={isOwn} />);
          return (
            <>
              {accounts.length === 0 && <p class={isOwn ? undefined : 'muted'}>{isOwn ? client.noAccount : text.none}</p>}
              {now.length > 0 && <ul class="things">{lines(now)}</ul>}
              {earlier.length > 0 && <details><summary>{text.earlier(earlier.length)}</summary><ul class="things">{lines(earlier)}</ul></details>}
              {isOwn && accounts.some((one) => one.state === 'proposed' || (one.state === 'approved' && !isUsable(one))) && <Alert kind="info"><p>{client.notYou}</p></Alert>}
              <div class="buttons"><Button icon="plus" onClick={() => { setIsDone(false); setIsAdding(true); }}>{action}</Button></div>
            </>
          );
        }}
      </Loaded>
      {isAdding && (
        <AccountDialog
          id={id} title={action} means={isOwn ? client.accountMeans : text.means} holderLabel={isOwn ? client.holder : text.holder}
          onDone={() => { setIsDone(true); found.reload(); }} onClose={() => setIsAdding(false)}
        />
      )}
    </Card>
  );
}

function AccountLine({ account: one, isCurrent, isOwn }: { account: Account; isCurrent: boolean; isOwn: boolean }) {
  const { benefit: { accounts: text, client } } = useBenefitText();
  const words = isOwn ? client : text;
  const isComing = one.state === 'approved' && one.usable_from !== null && one.usable_from > today();
  const state = isCurrent ? words.current : isComing ? words.usableFrom(longDay(one.usable_from ?? '')) : words.states[one.state] ?? one.state;
  return (
    <li>
      <div>
        <strong class="numbers">{groupedIban(one.iban)}</strong>
        <div>{one.holder}</div>
        {!isOwn && (
          <div class="muted small">
            {isCurrent && one.usable_from !== null && <>{text.usedSince(longDay(one.usable_from))}, </>}{text.entered(moment(one.proposed_at))}
            {one.state === 'approved' && <div>{text.checks[one.check]}</div>}
          </div>
        )}
      </div>
      <Badge kind={isCurrent ? 'ok' : one.state === 'refused' ? 'bad' : isComing || one.state === 'proposed' ? 'warn' : 'plain'}>{state}</Badge>
    </li>
  );
}
