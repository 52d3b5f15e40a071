import { office } from '../../lib/api';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Form } from '../../ui/form';
import { TextField } from '../../ui/text_field';

/** Proposes to let a machine of an employer in, by whom its certificate names. */
export function ProposeMachine({ onProposed, onClose }: { onProposed: () => void; onClose: () => void }) {
  const { manage: { machines: text, accounts }, states } = useText();
  return (
    <Dialog title={text.propose} onClose={onClose}>
      <Form
        onSend={async ({ employer = '', subject = '', networks = '' }) => {
          await office.post('/api/v1/service-account-proposals', { employer, subject, networks });
          onProposed();
        }}
        buttons={(isBusy) => (
          <>
            <Button kind="primary" type="submit" isBusy={isBusy}>{accounts.propose}</Button>
            <Button kind="quiet" onClick={onClose}>{states.cancel}</Button>
          </>
        )}
      >
        <TextField name="employer" label={text.employer} maxLength={40} width="medium" />
        <TextField name="subject" label={text.subject} hint={text.subjectHint} maxLength={500} />
        <TextField name="networks" label={text.networks} hint={text.networksHint} maxLength={800} />
      </Form>
    </Dialog>
  );
}
