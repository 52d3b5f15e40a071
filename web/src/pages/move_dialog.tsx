import { useEffect, useState } from '#fw';
import { common } from '../lib/api';
import { useLoad } from '../lib/use_load';
import { useText } from '../text/use_text';
import { Dialog } from '../ui/dialog';
import { DialogForm } from '../ui/dialog_form';
import { refuse } from '../ui/form';
import { Loaded } from '../ui/loaded';
import { SelectField } from '../ui/select_field';
import { TextField } from '../ui/text_field';
import type { Document } from './document_item';

/** The cases of who asks that fit what was typed, by how they are known; when nothing was typed, as many as a list can hold. */
export type FindCases = (typed: string, signal: AbortSignal) => Promise<{ value: string; label: string }[]>;

interface Props { document: Document; findCases: FindCases; onDone: () => void; onClose: () => void }

/** Asks to which case a document belongs. Closes when it is there. */
export function MoveDialog({ document: one, findCases, onDone, onClose }: Props) {
  const { documents: text } = useText();
  const [typed, setTyped] = useState('');
  const [searched, setSearched] = useState('');
  useEffect(() => {
    const wait = setTimeout(() => setSearched(typed), 250);
    return () => clearTimeout(wait);
  }, [typed]);
  const cases = useLoad((signal) => findCases(searched, signal), [searched]);
  return (
    <Dialog title={text.moveTitle(one.file_name ?? '')} onClose={onClose}>
      <p>{text.moveWhy}</p>
      <DialogForm
        action={text.move} onCancel={onClose}
        onSend={async ({ case: to = '' }) => {
          if (to === '') refuse({ field: 'case', code: 'missing', detail: `${text.chooseCase}.` });
          await common.post('/api/v1/documents/{document}/move', { case: to }, { path: { document: one.document }, headers: { 'Idempotency-Key': crypto.randomUUID() } });
          onClose();
          onDone();
        }}
      >
        <TextField name="search" label={text.searchCase} hint={text.searchCaseHint} maxLength={200} width="medium" onInput={setTyped} />
        <Loaded of={cases} rows={1}>
          {(found) => {
            const options = found.filter((each) => each.value !== one.case);
            return options.length === 0
              ? <p role="status">{text.noCaseFound}</p>
              : <SelectField name="case" label={text.moveTo} hint={text.moveHint} empty={text.chooseCase} options={options} />;
          }}
        </Loaded>
      </DialogForm>
    </Dialog>
  );
}
