import { useState } from '#fw';
import { useSession } from '../../lib/session';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Card } from '../../ui/card';
import { PageHead } from '../../ui/page_head';
import { ChangePasswordForm } from '../change_password';
import { FactorsCard } from './factors';
import { NoticesCard } from './notices';
import { SessionsCard } from './sessions';

/** The own account: what was done with it, from where, and with what one signs in. */
export default function Account() {
  const text = useText();
  const { session } = useSession();
  const [isChanged, setIsChanged] = useState(false);
  return (
    <>
      <PageHead title={text.shell.profile} intro={text.roles[session.role]} />
      <div class="two">
        <div class="stack">
          <NoticesCard />
          <SessionsCard />
        </div>
        <div class="stack">
          <FactorsCard />
          <Card title={text.password.title}>
            {isChanged && <Alert kind="ok">{text.password.done}</Alert>}
            <ChangePasswordForm key={String(isChanged)} isWelcome={false} onDone={async () => setIsChanged(true)} />
          </Card>
        </div>
      </div>
    </>
  );
}
