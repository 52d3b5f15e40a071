import { common } from '../lib/api';
import { useLoad } from '../lib/use_load';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Form, refuse } from '../ui/form';
import { Loaded } from '../ui/loaded';
import { SelectField } from '../ui/select_field';
import type { Document } from './document_item';

/** The cases of who asks, by how they are known. */
export type FindCases = (signal: AbortSignal) => Promise<{ value: string; label: string }[]>;

interface Props { document: Document; findCases: FindCases; onDone: () => void; onClose: () => void }

/** Asks to which case a document belongs. Closes when it is there. */
export function MoveDialog({ document: one, findCases, onDone, onClose }: Props) {
  const { documents: text, states } = useText();
  const cases = useLoad(findCases, []);
  return (
    <Dialog title={text.moveTitle(one.file_name ?? '')} onClose={onClose}>
      <p>{text.moveWhy}</p>
      <Loaded of={cases} rows={1}>
        {(options) => (
          <Form
            onSend={async ({ case: to = '' }) => {
              if (to === '') refuse({ field: 'case', code: 'missing', detail: `${text.chooseCase}.` });
              await common.post('/api/v1/documents/{document}/move', { case: to }, { path: { document: one.document }, headers: { 'Idempotency-Key': crypto.randomUUID() } });
              onClose();
              onDone();
            }}
            buttons={(isBusy) => (
              <>
                <Button kind="primary" type="submit" isBusy={isBusy}>{text.move}</Button>
                <Button kind="quiet" onClick={onClose}>{states.cancel}</Button>
              </>
            )}
          >
            <SelectField name="case" label={text.moveTo} hint={text.moveHint} empty={text.chooseCase} options={options.filter((each) => each.value !== one.case)} />
          </Form>
        )}
      </Loaded>
    </Dialog>
  );
}
