import { office } from '../../lib/api';
import { useText } from '../../text/use_text';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { TextField } from '../../ui/text_field';

/** Proposes to let a machine of an employer in, by whom its certificate names. */
export function ProposeMachine({ onProposed, onClose }: { onProposed: () => void; onClose: () => void }) {
  const { manage: { machines: text, accounts } } = useText();
  return (
    <Dialog title={text.propose} onClose={onClose}>
      <DialogForm
        action={accounts.propose} onCancel={onClose}
        onSend={async ({ employer = '', subject = '', networks = '' }) => {
          await office.post('/api/v1/service-account-proposals', { employer, subject, networks });
          onProposed();
        }}
      >
        <TextField name="employer" label={text.employer} maxLength={40} width="medium" />
        <TextField name="subject" label={text.subject} hint={text.subjectHint} maxLength={500} />
        <TextField name="networks" label={text.networks} hint={text.networksHint} maxLength={800} />
      </DialogForm>
    </Dialog>
  );
}
