import { useState } from '#fw';
import type { components } from '../../api/office';
import { common } from '../../lib/api';
import { moment } from '../../lib/format';
import { usePlace } from '../../lib/router';
import { useSession } from '../../lib/session';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Pager } from '../../ui/pager';
import { Table } from '../../ui/table';
import { ManageAccount } from './manage_account';
import { ProposeAccount } from './propose_account';

export type User = components['schemas']['User'];
export const administrators = ['functional_administrator', 'medical_account_manager'];

/** Whether an account is open, closed, or has to be looked at. */
function State({ user }: { user: User }) {
  const { manage: { accounts: text } } = useText();
  if (user.is_closed) return <Badge>{text.closed}</Badge>;
  return user.review_is_due ? <Badge kind="warn" icon="clock">{text.due}</Badge> : <Badge kind="ok" icon="check">{text.open}</Badge>;
}

/** The accounts of this side; for administrators what can be done with them. */
export default function Accounts() {
  const { manage: { accounts: text }, roles } = useText();
  const { session: { role } } = useSession();
  const after = usePlace().query.get('after') ?? '';
  const page = useLoad((signal) => common.get('/api/v1/users', { query: { after }, signal }), [after]);
  const [chosen, setChosen] = useState<User | 'new' | null>(null);
  const manages = administrators.includes(role);
  const heads = [text.name, text.role, text.lastSeen, text.state,
    ...(manages ? [<span key="actions" class="visually-hidden">{text.actions}</span>] : [])];
  const close = () => {
    setChosen(null);
    page.reload();
  };
  return (
    <>
      <PageHead title={text.title} intro={text.intro}>
        {manages && <Button kind="primary" icon="plus" onClick={() => setChosen('new')}>{text.invite}</Button>}
      </PageHead>
      <Loaded of={page} rows={8}>
        {({ users, next }) => (
          <>
            {users.length === 0 && <Empty icon="people"><p>{text.none}</p></Empty>}
            <Table heads={heads}>
              {users.map((user) => (
                <tr key={user.user}>
                  <td><strong>{user.display_name}</strong><div class="muted small">{[user.user_name, user.e_mail].filter(Boolean).join(', ')}</div></td>
                  <td data-label={text.role}>{roles[user.role]}</td>
                  <td data-label={text.lastSeen} class="numbers">{user.last_signed_in_at ? moment(user.last_signed_in_at) : text.never}</td>
                  <td><State user={user} /></td>
                  {manages && (
                    <td>
                      {!administrators.includes(user.role) && (
                        <Button kind="quiet" label={text.actionsOf(user.display_name)} onClick={() => setChosen(user)}>{text.actions}</Button>
                      )}
                    </td>
                  )}
                </tr>
              ))}
            </Table>
            <Pager next={next} />
          </>
        )}
      </Loaded>
      {chosen === 'new' && <ProposeAccount kind="invite" title={text.invite} onClose={close} />}
      {chosen !== null && chosen !== 'new' && <ManageAccount user={chosen} onClose={close} />}
    </>
  );
}
