import { useState } from '#fw';
import type { paths } from '../../api/office';
import { ask, Refused, type AnswerOf } from '../../lib/api';
import { fileSize } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { FileDrop } from '../../ui/file_drop';
import { useWords } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Progress } from '../../ui/progress';
import { ImportResult } from './import_result';

export type Imported = AnswerOf<paths, '/api/v1/sick-report-imports', 'post'>;
const largestBytes = 2 * 1024 * 1024;

/** Takes a file of sick reports: checked first, if wanted; good rows go in, bad ones come back with their reason. */
export default function ImportReports() {
  const { office: { imports: text } } = useText();
  const words = useWords();
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState<'' | 'checking' | 'taking'>('');
  const [share, setShare] = useState(0);
  const [result, setResult] = useState<Imported | null>(null);
  const [trouble, setTrouble] = useState<unknown>(null);

  function choose(chosen: File): void {
    setFile(chosen);
    setResult(null);
    setTrouble(null);
  }
  async function send(isDry: boolean): Promise<void> {
    if (!file || busy !== '') return;
    setBusy(isDry ? 'checking' : 'taking');
    setTrouble(null);
    setResult(null);
    setShare(0);
    try {
      const answer = await ask('post', '/api/v1/sick-report-imports', file, {
        query: { dry_run: String(isDry) }, headers: { 'Content-Type': 'text/csv' }, onProgress: setShare,
      });
      setResult(await answer.json() as Imported);
    } catch (error) {
      setTrouble(error);
    }
    setBusy('');
  }
  const isTooLarge = file !== null && file.size > largestBytes;
  const headerProblems = trouble instanceof Refused ? trouble.problem.header_problems ?? [] : [];
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <div class="stack">
        <Card>
          <FileDrop
            prompt={file ? text.chosen(file.name, fileSize(file.size)) : text.drop} label={file ? text.other : text.choose}
            accept=".csv,text/csv" onChoose={choose}
          />
          {isTooLarge && <Alert kind="bad">{text.tooLarge}</Alert>}
          {file && !isTooLarge && (
            <div class="buttons">
              <Button isBusy={busy === 'checking'} onClick={() => { void send(true); }}>{text.dryRun}</Button>
              <Button kind="primary" isBusy={busy === 'taking'} onClick={() => { void send(false); }}>{text.take}</Button>
            </div>
          )}
          {busy !== '' && <Progress label={busy === 'checking' ? text.checking : text.taking} share={share} />}
          <details><summary>{text.columns}</summary><p class="muted">{text.columnsText}</p></details>
        </Card>
        {trouble !== null && (
          <Alert kind="bad">
            <p><strong>{headerProblems.length > 0 ? text.headerTitle : words(trouble, true)}</strong></p>
            {headerProblems.length > 0 && (
              <ul>{headerProblems.map((one) => <li key={one.code}>{one.detail}{one.columns.length > 0 && ` ${one.columns.join(', ')}.`}</li>)}</ul>
            )}
          </Alert>
        )}
        {result && <ImportResult result={result} />}
      </div>
    </>
  );
}
