import { useState } from '#fw';
import type { components } from '../api/office';
import { fileSize, moment } from '../lib/format';
import { useText } from '../text/use_text';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { FileButton } from '../ui/file_button';
import { taken } from './documents';
import { MoveDialog, type FindCases } from './move_dialog';
import { ReleaseDialog } from './release_dialog';
import { canShow, ViewDialog } from './view_dialog';
import { WithdrawDialog } from './withdraw_dialog';

export type Document = components['schemas']['Document'];
/** What the user may do with the documents of this case. */
export interface Changes {
  adds: boolean;
  ends: boolean;
  findCases: FindCases | undefined;
  reload: () => void;
  onDone: (sentence: string) => void;
}

const kinds = { waits: 'warn', clean: 'ok', quarantined: 'bad', released: 'warn' } as const;
const isOpen = (one: Document) => one.withdrawal === null && (one.state === 'clean' || one.state === 'released');

/** How it stands with a document: its name, what the scanner said, and why it stays closed. */
function About({ document: one, isOnly }: { document: Document; isOnly: boolean }) {
  const { documents: text } = useText();
  if (one.withdrawal) {
    const at = moment(one.withdrawal.at);
    return (
      <div>
        <span class="muted">{text.withdrawn}</span>
        <div class="muted small">{one.withdrawal.is_moved ? text.movedAt(at) : `${text.withdrawnAt(at)} ${text.withdrawReasons[one.withdrawal.reason]}.`}</div>
      </div>
    );
  }
  const found = one.signature ? text.infected(one.signature) : text.reasons[one.reason ?? 'not_scanned'];
  return (
    <div>
      <strong>{one.file_name}</strong> <Badge kind={kinds[one.state]}>{text.states[one.state]}</Badge>
      <div class="muted small">{[...(isOnly ? [] : [text.version(one.version)]), fileSize(one.size_bytes), moment(one.created_at)].join(', ')}</div>
      {one.state === 'waits' && <p class="small">{text.whyWaits}</p>}
      {one.state === 'quarantined' && <p class="small">{found} {text.whyClosed}</p>}
      {one.state === 'released' && <p class="small">{found} {text.whyReleased}</p>}
      {one.state === 'quarantined' && one.release === 'asked' && <p class="small">{text.releaseAsked}</p>}
      {one.state === 'quarantined' && one.release === 'refused' && <p class="small">{text.releaseRefused}</p>}
    </div>
  );
}

/** What can be done with one version. */
function Actions({ document: one, changes, onReplace }: { document: Document; changes: Changes; onReplace?: (file: File) => void }) {
  const { documents: text } = useText();
  const [asked, setAsked] = useState<'view' | 'withdraw' | 'move' | 'release' | null>(null);
  const name = one.file_name ?? '';
  const close = () => setAsked(null);
  if (one.withdrawal) return null;
  return (
    <div class="row">
      {isOpen(one) && canShow(one) && <Button label={`${text.view} ${name}`} onClick={() => setAsked('view')}>{text.view}</Button>}
      {isOpen(one) && (
        <a class="button" href={`/api/v1/documents/${one.document}`} download={name}>{text.download}<span class="visually-hidden"> {name}</span></a>
      )}
      {one.state === 'waits' && <Button label={`${text.refresh} ${name}`} onClick={changes.reload}>{text.refresh}</Button>}
      {changes.ends && one.state === 'quarantined' && one.release !== 'asked' && <Button label={`${text.release}: ${name}`} onClick={() => setAsked('release')}>{text.release}</Button>}
      {changes.adds && onReplace && isOpen(one) && <FileButton label={text.newVersion} of={name} accept={taken} onChoose={onReplace} />}
      {changes.ends && changes.findCases && isOpen(one) && <Button kind="quiet" label={`${text.move}: ${name}`} onClick={() => setAsked('move')}>{text.move}</Button>}
      {changes.ends && <Button kind="quiet" label={`${text.withdraw}: ${name}`} onClick={() => setAsked('withdraw')}>{text.withdraw}</Button>}
      {asked === 'view' && <ViewDialog document={one} onClose={close} />}
      {asked === 'withdraw' && <WithdrawDialog document={one} onDone={changes.reload} onClose={close} />}
      {asked === 'move' && changes.findCases && <MoveDialog document={one} findCases={changes.findCases} onDone={() => changes.onDone(text.moved)} onClose={close} />}
      {asked === 'release' && <ReleaseDialog document={one} onDone={changes.reload} onClose={close} />}
    </div>
  );
}

/** A document with its versions: the newest that was not withdrawn stands first, the others behind a line that opens. */
export function DocumentItem({ versions, changes, onReplace }: { versions: Document[]; changes: Changes; onReplace: (replaced: Document, file: File) => void }) {
  const { documents: text } = useText();
  const newest = versions.find((one) => one.withdrawal === null) ?? versions[0];
  if (!newest) return null;
  const others = versions.filter((one) => one !== newest);
  return (
    <li>
      <About document={newest} isOnly={versions.length === 1} />
      <Actions document={newest} changes={changes} onReplace={(file) => onReplace(newest, file)} />
      {others.length > 0 && (
        <details class="versions">
          <summary>{text.earlier(others.length)}</summary>
          <ul class="things">
            {others.map((one) => (
              <li key={one.document}>
                <About document={one} isOnly={false} />
                <Actions document={one} changes={changes} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
