import { office } from '../../../lib/api';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Dialog } from '../../../ui/dialog';
import { DialogForm } from '../../../ui/dialog_form';
import { refuse } from '../../../ui/form';
import { TextField } from '../../../ui/text_field';

interface Props {
  id: string;
  title: string;
  /** What happens with it. */
  means: string;
  holderLabel: string;
  onDone: () => void;
  onClose: () => void;
}

/** Asks for an account to pay to. Closes when it was sent. */
export function AccountDialog({ id, title, means, holderLabel, onDone, onClose }: Props) {
  const { benefit: { accounts: text } } = useBenefitText();
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{means}</p>
      <DialogForm
        action={title} onCancel={onClose}
        onSend={async ({ iban = '', holder = '' }) => {
          const missing = [...(iban.trim() === '' ? [{ field: 'iban', code: 'missing', detail: text.ibanMissing }] : []),
            ...(holder.trim() === '' ? [{ field: 'holder', code: 'missing', detail: text.holderMissing }] : [])];
          if (missing.length > 0) refuse(...missing);
          await office.post('/api/v1/cases/{case}/payee-accounts', { iban, holder }, { path: { case: id } });
          onClose();
          onDone();
        }}
      >
        <TextField name="iban" label={text.iban} hint={text.ibanHint} maxLength={100} />
        <TextField name="holder" label={holderLabel} maxLength={280} />
      </DialogForm>
    </Dialog>
  );
}
