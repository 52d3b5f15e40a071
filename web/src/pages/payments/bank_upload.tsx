import { useState } from '#fw';
import type { components } from '../../api/office';
import { ask, Refused } from '../../lib/api';
import { count, fileSize } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Done } from '../../ui/done';
import { FileDrop } from '../../ui/file_drop';
import { useWords } from '../../ui/loaded';
import { Progress } from '../../ui/progress';
import { Totals } from '../../ui/totals';

export type BankAnswer = components['schemas']['BankAnswer'];
const largestBytes = 16 * 1024 * 1024;

type State = { is: 'idle' } | { is: 'sending'; share: number } | { is: 'taken'; answer: BankAnswer } | { is: 'failed'; sentence: string };

/** Reads a file that the bank sent back, and tells what came of it. */
export function BankUpload({ onTaken }: { onTaken: () => void }) {
  const { payments: { bank: text } } = useText();
  const words = useWords();
  const [file, setFile] = useState<File | null>(null);
  const [state, setState] = useState<State>({ is: 'idle' });
  const isTooLarge = file !== null && file.size > largestBytes;

  async function send(): Promise<void> {
    if (!file || state.is === 'sending') return;
    setState({ is: 'sending', share: 0 });
    try {
      const answer = await ask('post', '/api/v1/bank-answers', file, {
        headers: { 'Content-Type': 'application/xml' }, onProgress: (share) => setState({ is: 'sending', share }),
      });
      setState({ is: 'taken', answer: await answer.json() as BankAnswer });
      setFile(null);
    } catch (error) {
      const isReadAlready = error instanceof Refused && error.problem.code === 'already_there';
      setState({ is: 'failed', sentence: isReadAlready ? text.alreadyRead : words(error, true) });
    }
    onTaken();
  }
  return (
    <Card title={text.upload}>
      <FileDrop
        prompt={file ? text.chosen(file.name, fileSize(file.size)) : text.drop} label={file ? text.other : text.choose} accept=".xml,application/xml,text/xml"
        onChoose={(chosen) => {
          setFile(chosen);
          setState({ is: 'idle' });
        }}
      />
      {isTooLarge && <Alert kind="bad">{text.tooLarge}</Alert>}
      {file && !isTooLarge && <div class="buttons"><Button kind="primary" isBusy={state.is === 'sending'} onClick={() => { void send(); }}>{text.take}</Button></div>}
      {state.is === 'sending' && <Progress label={text.taking} share={state.share} />}
      {state.is === 'failed' && <Alert kind="bad">{state.sentence}</Alert>}
      {state.is === 'taken' && (
        <>
          <Done>{text.taken}</Done>
          <Totals
            isSmall of={[
              { name: text.accepted, value: count(state.answer.accepted) }, { name: text.rejected, value: count(state.answer.rejected) },
              { name: text.returned, value: count(state.answer.returned) }, { name: text.notOurs, value: count(state.answer.not_ours) },
            ]}
          />
          {state.answer.not_ours > 0 && <p class="muted">{text.notOursWhy}</p>}
        </>
      )}
    </Card>
  );
}
