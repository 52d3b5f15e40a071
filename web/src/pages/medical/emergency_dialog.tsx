import { medical } from '../../lib/api';
import { go } from '../../lib/router';
import { useText } from '../../text/use_text';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { refuse } from '../../ui/form';
import { TextAreaField } from '../../ui/text_area_field';
import { TextField } from '../../ui/text_field';

/** Opens a case of a colleague for an hour, with a reason that others will read. */
export function EmergencyDialog({ onClose }: { onClose: () => void }) {
  const { medical: { emergency: text } } = useText();
  return (
    <Dialog title={text.title} onClose={onClose}>
      <p>{text.why}</p>
      <DialogForm
        action={text.submit} isHarmful onCancel={onClose}
        onSend={async ({ case_id = '', reason = '' }) => {
          const id = case_id.trim().toLowerCase();
          if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) refuse({ field: 'case_id', code: 'wrong', detail: text.caseIdHint });
          await medical.post('/api/v1/cases/{case}/emergency-access', { reason }, { path: { case: id } });
          go(`/cases/${id}`);
        }}
      >
        <TextField name="case_id" label={text.caseId} hint={text.caseIdHint} maxLength={36} />
        <TextAreaField name="reason" label={text.reason} hint={text.reasonHint} maxLength={1000} />
      </DialogForm>
    </Dialog>
  );
}
