import { useState } from '#fw';
import { ask, common } from '../lib/api';
import { fileSize, moment } from '../lib/format';
import { useSession } from '../lib/session';
import { useLoad } from '../lib/use_load';
import { useText } from '../text/use_text';
import { Alert } from '../ui/alert';
import { Card } from '../ui/card';
import { Empty } from '../ui/empty';
import { FileButton } from '../ui/file_button';
import { Loaded, useWords } from '../ui/loaded';
import { Progress } from '../ui/progress';

/** The documents of a case, and the way to add one. */
export function Documents({ caseId, mayAdd, title }: { caseId: string; mayAdd: readonly string[]; title?: string }) {
  const { office: { file: text } } = useText();
  const words = useWords();
  const { session } = useSession();
  const documents = useLoad((signal) => common.get('/api/v1/cases/{case}/documents', { path: { case: caseId }, signal }), [caseId]);
  const [state, setState] = useState<{ is: 'idle' } | { is: 'adding'; share: number } | { is: 'added'; name: string } | { is: 'failed'; sentence: string }>({ is: 'idle' });

  async function add(file: File): Promise<void> {
    setState({ is: 'adding', share: 0 });
    try {
      await ask('post', '/api/v1/cases/{case}/documents', file, {
        path: { case: caseId },
        onProgress: (share) => setState({ is: 'adding', share }),
        headers: { 'Content-Type': file.type || 'application/octet-stream', 'Idempotency-Key': crypto.randomUUID(), 'K7-File-Name': encodeURIComponent(file.name) },
      });
      setState({ is: 'added', name: file.name });
      documents.reload();
    } catch (error) {
      setState({ is: 'failed', sentence: words(error, true) });
    }
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
                  <div><strong>{one.file_name}</strong><div class="muted small">{fileSize(one.size_bytes)}, {moment(one.created_at)}</div></div>
                  <a class="button" href={`/api/v1/documents/${one.document}`} download={one.file_name}>
                    {text.download}<span class="visually-hidden"> {one.file_name}</span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      {state.is === 'failed' && <Alert kind="bad">{state.sentence}</Alert>}
      {state.is === 'added' && <Alert kind="ok">{text.added(state.name)}</Alert>}
      {state.is === 'adding' && <Progress label={text.adding} share={state.share} />}
      {mayAdd.includes(session.role) && <FileButton label={text.add} accept="application/pdf" onChoose={(file) => { void add(file); }} />}
    </Card>
  );
}
