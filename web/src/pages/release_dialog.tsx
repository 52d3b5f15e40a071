import { common } from '../lib/api';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Form } from '../ui/form';
import { TextAreaField } from '../ui/text_area_field';
import type { Document } from './document_item';

/** Asks why a document that the scanner closed is safe after all. Closes when it was asked. */
export function ReleaseDialog({ document: one, onDone, onClose }: { document: Document; onDone: () => void; onClose: () => void }) {
  const { documents: text, states } = useText();
  return (
    <Dialog title={text.releaseTitle(one.file_name ?? '')} onClose={onClose}>
      <p>{text.releaseWhy}</p>
      <Form
        onSend={async ({ reason = '' }) => {
          await common.post('/api/v1/documents/{document}/release', { reason }, { path: { document: one.document } });
          onClose();
          onDone();
        }}
        buttons={(isBusy) => (
          <>
            <Button kind="primary" type="submit" isBusy={isBusy}>{text.release}</Button>
            <Button kind="quiet" onClick={onClose}>{states.cancel}</Button>
          </>
        )}
      >
        <TextAreaField name="reason" label={text.releaseReason} maxLength={500} rows={3} />
      </Form>
    </Dialog>
  );
}
