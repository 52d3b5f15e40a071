import { useState } from '#fw';
import { common } from '../../lib/api';
import { moment } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Confirm } from '../../ui/confirm';
import { Dialog } from '../../ui/dialog';
import { Secret } from '../../ui/secret';
import type { User } from './accounts';
import { ProposeAccount } from './propose_account';

type Step = 'choose' | 'close' | 'welcome' | 'review' | 'new_factors' | 'reopen' | 'move';

/** What an administrator does with one account: alone what takes a way in away, by proposal what gives one. */
export function ManageAccount({ user, onClose }: { user: User; onClose: () => void }) {
  const { manage: { accounts: text }, roles, states } = useText();
  const [step, setStep] = useState<Step>('choose');
  const [welcome, setWelcome] = useState<{ welcome_password: string; until: string } | null>(null);
  const at = { path: { user: user.user } };

  if (welcome) {
    return (
      <Dialog title={text.welcome} onClose={onClose}>
        <p>{text.welcomeHandOut} {text.until(moment(welcome.until))}</p>
        <Secret label={text.welcomePassword} value={welcome.welcome_password} />
        <div class="buttons"><Button kind="primary" onClick={onClose}>{states.close}</Button></div>
      </Dialog>
    );
  }
  switch (step) {
    case 'close':
      return (
        <Confirm
          title={`${text.close}: ${user.display_name}`} why={text.closeWhy} action={text.close} isHarmful onClose={onClose}
          onConfirm={() => common.post('/api/v1/users/{user}/closing', undefined, at)}
        />
      );
    case 'review':
      return (
        <Confirm
          title={user.display_name} why={text.reviewWhy} action={text.review} onClose={onClose}
          onConfirm={() => common.post('/api/v1/users/{user}/review', undefined, at)}
        />
      );
    case 'welcome':
      return (
        <Confirm
          title={`${text.welcome}: ${user.display_name}`} why={text.welcomeWhy} action={text.welcome} isHarmful onClose={() => setStep('choose')}
          onConfirm={async () => setWelcome(await common.post('/api/v1/users/{user}/welcome-password', undefined, at))}
        />
      );
    case 'new_factors':
      return <ProposeAccount kind="new_factors" user={user} title={text.newFactors} why={text.newFactorsWhy} onClose={onClose} />;
    case 'reopen':
      return <ProposeAccount kind="reopen" user={user} title={text.reopen} why={text.reopenWhy} onClose={onClose} />;
    case 'move':
      return <ProposeAccount kind="move" user={user} title={text.move} why={text.moveWhy} onClose={onClose} />;
    default:
      return (
        <Dialog title={user.display_name} onClose={onClose}>
          <p class="muted">{roles[user.role]}, {user.user_name}</p>
          <div class="stack">
            {user.is_closed ? <Button onClick={() => setStep('reopen')}>{text.reopen}</Button> : (
              <>
                <Button icon="check" onClick={() => setStep('review')}>{text.review}</Button>
                <Button icon="key" onClick={() => setStep('welcome')}>{text.welcome}</Button>
                <Button icon="key" onClick={() => setStep('new_factors')}>{text.newFactors}</Button>
                <Button icon="people" onClick={() => setStep('move')}>{text.move}</Button>
                <Button kind="danger" icon="lock" onClick={() => setStep('close')}>{text.close}</Button>
              </>
            )}
            <Button kind="quiet" onClick={onClose}>{states.cancel}</Button>
          </div>
        </Dialog>
      );
  }
}
