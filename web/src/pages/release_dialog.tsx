import { common } from '../lib/api';
import { useText } from '../text/use_text';
import { Dialog } from '../ui/dialog';
import { DialogForm } from '../ui/dialog_form';
import { TextAreaField } from '../ui/text_area_field';
import type { Document } from './document_item';

/** Asks why a document that the scanner closed is safe after all. Closes when it was asked. */
export function ReleaseDialog({ document: one, onDone, onClose }: { document: Document; onDone: () => void; onClose: () => void }) {
  const { documents: text } = useText();
  return (
    <Dialog title={text.releaseTitle(one.file_name ?? '')} onClose={onClose}>
      <p>{text.releaseWhy}</p>
      <DialogForm
        action={text.release} onCancel={onClose}
        onSend={async ({ reason = '' }) => {
          await common.post('/api/v1/documents/{document}/release', { reason }, { path: { document: one.document } });
          onClose();
          onDone();
        }}
      >
        <TextAreaField name="reason" label={text.releaseReason} maxLength={500} rows={3} />
      </DialogForm>
    </Dialog>
  );
}
