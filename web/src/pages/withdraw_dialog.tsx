import { common } from '../lib/api';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Form, refuse } from '../ui/form';
import { SelectField } from '../ui/select_field';
import type { Document } from './document_item';

const reasons = ['wrong_case', 'wrong_document', 'sent_twice'] as const;

/** Asks why a document is taken out of its case. Closes when it was done. */
export function WithdrawDialog({ document: one, onDone, onClose }: { document: Document; onDone: () => void; onClose: () => void }) {
  const { documents: text, states } = useText();
  return (
    <Dialog title={text.withdrawTitle(one.file_name ?? '')} onClose={onClose}>
      <p>{text.withdrawWhy}</p>
      <Form
        onSend={async ({ reason: typed = '' }) => {
          const reason = reasons.find((known) => known === typed);
          if (!reason) return refuse({ field: 'reason', code: 'missing', detail: `${text.chooseReason}.` });
          await common.post('/api/v1/documents/{document}/withdrawal', { reason }, { path: { document: one.document } });
          onClose();
          onDone();
        }}
        buttons={(isBusy) => (
          <>
            <Button kind="danger" type="submit" isBusy={isBusy}>{text.withdraw}</Button>
            <Button kind="quiet" onClick={onClose}>{states.cancel}</Button>
          </>
        )}
      >
        <SelectField name="reason" label={text.withdrawReason} empty={text.chooseReason} options={reasons.map((value) => ({ value, label: text.withdrawReasons[value] }))} />
      </Form>
    </Dialog>
  );
}
