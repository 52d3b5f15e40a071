import { useState } from '#fw';
import { ask, common } from '../lib/api';
import { fileSize, moment } from '../lib/format';
import { useSession } from '../lib/session';
import { useLoad } from '../lib/use_load';
import { useText } from '../text/use_text';
import { Alert } from '../ui/alert';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { Empty } from '../ui/empty';
import { FileButton } from '../ui/file_button';
import { Loaded, useWords } from '../ui/loaded';
import { Progress } from '../ui/progress';

type Document = Awaited<ReturnType<typeof common.get<'/api/v1/cases/{case}/documents'>>>['documents'][number];

// By their endings: browsers know no type of some of them. The server looks at the content.
const taken = '.pdf,.jpg,.jpeg,.png,.heic,.heif,.tif,.tiff,.docx,.odt,.xlsx,.eml,.txt,.csv';
const kinds = { waits: 'warn', clean: 'ok', quarantined: 'bad' } as const;

/** How it stands with a document: its name, what the scanner said, and why it stays closed. */
function About({ document: one }: { document: Document }) {
  const { office: { file: { scan: text } } } = useText();
  const found = one.signature ? text.infected(one.signature) : text.reasons[one.reason ?? 'not_scanned'];
  return (
    <div>
      <strong>{one.file_name}</strong> <Badge kind={kinds[one.state]}>{text[one.state]}</Badge>
      <div class="muted small">{fileSize(one.size_bytes)}, {moment(one.created_at)}</div>
      {one.state === 'waits' && <p class="small">{text.whyWaits}</p>}
      {one.state === 'quarantined' && <p class="small">{found} {text.whyClosed}</p>}
    </div>
  );
}

/** The documents of a case, and the way to add one. */
export function Documents({ caseId, mayAdd, title }: { caseId: string; mayAdd: readonly string[]; title?: string }) {
  const { office: { file: text } } = useText();
  const words = useWords();
  const { session } = useSession();
  const documents = useLoad((signal) => common.get('/api/v1/cases/{case}/documents', { path: { case: caseId }, signal }), [caseId]);
  const [state, setState] = useState<{ is: 'idle' } | { is: 'adding'; share: number } | { is: 'added'; sentence: string } | { is: 'failed'; sentence: string }>({ is: 'idle' });

  async function add(file: File): Promise<void> {
    setState({ is: 'adding', share: 0 });
    try {
      const answer = await ask('post', '/api/v1/cases/{case}/documents', file, {
        path: { case: caseId },
        onProgress: (share) => setState({ is: 'adding', share }),
        headers: { 'Content-Type': file.type || 'application/octet-stream', 'Idempotency-Key': crypto.randomUUID(), 'K7-File-Name': encodeURIComponent(file.name) },
      });
      const added = await answer.json() as Document;
      setState({ is: 'added', sentence: added.state === 'waits' ? text.addedWaits(file.name) : text.added(file.name) });
    } catch (error) {
      setState({ is: 'failed', sentence: words(error, true) });
    }
    // What was refused stands there too when it is in quarantine.
    documents.reload();
  }
  return (
    <Card title={title}>
      <Loaded of={documents}>
        {(data) => (
          <>
            {data.documents.length === 0 && <Empty icon="document"><p>{text.noDocuments}</p></Empty>}
            <ul class="things">
              {data.documents.map((one) => (
                <li key={one.document}>
                  <About document={one} />
                  {one.state === 'clean' && (
                    <a class="button" href={`/api/v1/documents/${one.document}`} download={one.file_name}>
                      {text.download}<span class="visually-hidden"> {one.file_name}</span>
                    </a>
                  )}
                  {one.state === 'waits' && <Button label={`${text.scan.refresh} ${one.file_name}`} onClick={documents.reload}>{text.scan.refresh}</Button>}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {state.is === 'failed' && <Alert kind="bad">{state.sentence}</Alert>}
      {state.is === 'added' && <Alert kind="ok">{state.sentence}</Alert>}
      {state.is === 'adding' && <Progress label={text.adding} share={state.share} />}
      {mayAdd.includes(session.role) && (
        <>
          <p class="muted small">{text.taken}</p>
          <FileButton label={text.add} accept={taken} onChoose={(file) => { void add(file); }} />
        </>
      )}
    </Card>
  );
}
