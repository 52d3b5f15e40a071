import { useState } from '#fw';
import { ask, common } from '../lib/api';
import { fileSize } from '../lib/format';
import { useSession } from '../lib/session';
import { useLoad } from '../lib/use_load';
import { useText } from '../text/use_text';
import { Alert } from '../ui/alert';
import { Card } from '../ui/card';
import { Empty } from '../ui/empty';
import { FileButton } from '../ui/file_button';
import { Loaded, useWords } from '../ui/loaded';
import { Progress } from '../ui/progress';
import { DocumentItem, type Document } from './document_item';
import type { FindCases } from './move_dialog';

// By their endings: browsers know no type of some of them. The server looks at the content.
export const taken = '.pdf,.jpg,.jpeg,.png,.heic,.heif,.tif,.tiff,.docx,.odt,.xlsx,.eml,.txt,.csv';
/** Who may take a document out of a case; the same may ask for its release. */
const mayEnd = ['case_manager', 'company_doctor', 'insurance_doctor'];

/** Each with its earlier versions, the newest first; in the order in which the first of each came. */
function grouped(documents: readonly Document[]): Document[][] {
  const groups = new Map<string, Document[]>();
  for (const one of documents) groups.set(one.first_version, [one, ...(groups.get(one.first_version) ?? [])]);
  return [...groups.values()].map((group) => group.sort((a, b) => b.version - a.version));
}

type State = { is: 'idle' } | { is: 'adding'; share: number } | { is: 'done'; sentence: string } | { is: 'failed'; sentence: string };

interface Props {
  caseId: string;
  mayAdd: readonly string[];
  title?: string;
  /** The own cases, to one of which a document can be moved. */
  findCases?: FindCases;
}

/** The documents of a case, and what can be done with them. */
export function Documents({ caseId, mayAdd, title, findCases }: Props) {
  const { documents: text } = useText();
  const words = useWords();
  const { session } = useSession();
  const documents = useLoad((signal) => common.get('/api/v1/cases/{case}/documents', { path: { case: caseId }, signal }), [caseId]);
  const [state, setState] = useState<State>({ is: 'idle' });

  async function add(file: File, largest: number, replaced?: Document): Promise<void> {
    if (file.size > largest) {
      setState({ is: 'failed', sentence: text.tooLarge(file.name, fileSize(largest)) });
      return;
    }
    setState({ is: 'adding', share: 0 });
    try {
      const answer = await ask('post', replaced ? '/api/v1/documents/{document}/versions' : '/api/v1/cases/{case}/documents', file, {
        path: replaced ? { document: replaced.document } : { case: caseId },
        onProgress: (share) => setState({ is: 'adding', share }),
        headers: { 'Content-Type': file.type || 'application/octet-stream', 'Idempotency-Key': crypto.randomUUID(), 'K7-File-Name': encodeURIComponent(file.name) },
      });
      const added = await answer.json() as Document;
      setState({ is: 'done', sentence: added.state === 'waits' ? text.addedWaits(file.name) : text.added(file.name) });
    } catch (error) {
      setState({ is: 'failed', sentence: words(error, true) });
    }
    // What was refused stands there too when it is in quarantine.
    documents.reload();
  }
  const adds = mayAdd.includes(session.role);
  const changes = {
    adds, ends: adds && mayEnd.includes(session.role), findCases, reload: documents.reload,
    onDone: (sentence: string) => { setState({ is: 'done', sentence }); documents.reload(); },
  };
  return (
    <Card title={title}>
      <Loaded of={documents}>
        {(data) => (
          <>
            {data.documents.length === 0 && <Empty icon="document"><p>{text.none}</p></Empty>}
            <ul class="things">
              {grouped(data.documents).map((versions) => (
                <DocumentItem
                  key={versions[0]?.first_version} versions={versions} changes={changes}
                  onReplace={(replaced, file) => { void add(file, data.largest_bytes, replaced); }}
                />
              ))}
            </ul>
            {state.is === 'failed' && <Alert kind="bad">{state.sentence}</Alert>}
            {state.is === 'done' && <Alert kind="ok">{state.sentence}</Alert>}
            {state.is === 'adding' && <Progress label={text.adding} share={state.share} />}
            {adds && (
              <>
                <p class="muted small">{text.taken(fileSize(data.largest_bytes))}</p>
                <FileButton label={text.add} accept={taken} onChoose={(file) => { void add(file, data.largest_bytes); }} />
              </>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
