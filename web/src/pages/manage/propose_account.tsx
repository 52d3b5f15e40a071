import { useState } from '#fw';
import type { components, paths } from '../../api/office';
import { common, type AnswerOf } from '../../lib/api';
import { moment } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { Secret } from '../../ui/secret';
import { TextField } from '../../ui/text_field';
import type { User } from './accounts';
import { RoleFields } from './role_fields';

type Kind = components['schemas']['ProposalKind'];
type Proposed = AnswerOf<paths, '/api/v1/account-proposals', 'post'>;

interface Props { kind: Kind; title: string; why?: string; user?: User; onClose: () => void }

/** Proposes what gives somebody a way in, and shows once what to hand to that person. */
export function ProposeAccount({ kind, title, why, user, onClose }: Props) {
  const { manage: { accounts: text }, states } = useText();
  const { session } = useSession();
  const [role, setRole] = useState('');
  const [proposed, setProposed] = useState<Proposed | null>(null);
  if (proposed) {
    const { welcome_password: password, first_half: half } = proposed;
    return (
      <Dialog title={text.proposedTitle} onClose={onClose}>
        <p>{password || half ? text.proposedWhy : text.nothingToHandOut} {text.until(moment(proposed.until))}</p>
        {password && <Secret label={text.welcomePassword} value={password} />}
        {half && <Secret label={text.firstHalf} value={half} />}
        <div class="buttons"><Button kind="primary" onClick={onClose}>{states.close}</Button></div>
      </Dialog>
    );
  }
  const side = session.role === 'functional_administrator' ? 'office' : 'medical';
  return (
    <Dialog title={user ? `${title}: ${user.display_name}` : title} onClose={onClose}>
      {why && <p>{why}</p>}
      <DialogForm
        action={text.propose} onCancel={onClose}
        onSend={async (values) => {
          const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
          setProposed(await common.post('/api/v1/account-proposals', { kind, ...(user ? { user: user.user } : {}), ...filled }));
        }}
      >
        {kind === 'invite' && (
          <>
            <TextField name="display_name" label={text.displayName} maxLength={100} />
            <TextField name="user_name" label={text.userName} hint={text.userNameHint} maxLength={64} />
            <TextField name="e_mail" label={text.workEMail} type="email" maxLength={254} isOptional={role === 'client'} />
          </>
        )}
        {(kind === 'invite' || kind === 'move') && <RoleFields side={side} role={role} onRole={setRole} />}
      </DialogForm>
    </Dialog>
  );
}
