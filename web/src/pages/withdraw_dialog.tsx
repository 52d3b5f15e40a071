import { common } from '../lib/api';
import { useText } from '../text/use_text';
import { Dialog } from '../ui/dialog';
import { DialogForm } from '../ui/dialog_form';
import { refuse } from '../ui/form';
import { SelectField } from '../ui/select_field';
import type { Document } from './document_item';

const reasons = ['wrong_case', 'wrong_document', 'sent_twice'] as const;

/** Asks why a document is taken out of its case. Closes when it was done. */
export function WithdrawDialog({ document: one, onDone, onClose }: { document: Document; onDone: () => void; onClose: () => void }) {
  const { documents: text } = useText();
  return (
    <Dialog title={text.withdrawTitle(one.file_name ?? '')} onClose={onClose}>
      <p>{text.withdrawWhy}</p>
      <DialogForm
        action={text.withdraw} isHarmful onCancel={onClose}
        onSend={async ({ reason: typed = '' }) => {
          const reason = reasons.find((known) => known === typed);
          if (!reason) return refuse({ field: 'reason', code: 'missing', detail: `${text.chooseReason}.` });
          await common.post('/api/v1/documents/{document}/withdrawal', { reason }, { path: { document: one.document } });
          onClose();
          onDone();
        }}
      >
        <SelectField name="reason" label={text.withdrawReason} empty={text.chooseReason} options={reasons.map((value) => ({ value, label: text.withdrawReasons[value] }))} />
      </DialogForm>
    </Dialog>
  );
}
