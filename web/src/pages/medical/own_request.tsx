import { useState } from '#fw';
import type { paths } from '../../api/medical';
import { medical, type AnswerOf } from '../../lib/api';
import { day, moment, today } from '../../lib/format';
import { useOnce } from '../../lib/once';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Done } from '../../ui/done';
import { Empty } from '../../ui/empty';
import { Form } from '../../ui/form';
import { Loaded } from '../../ui/loaded';
import { NoteList } from './note_list';

type FileRequest = AnswerOf<paths, '/api/v1/cases/{case}/file-requests'>['file_requests'][number];

/** Whether the client asked to read the notes of the doctor, what the doctor said to it, and the notes. */
export function OwnRequest({ id }: { id: string }) {
  const { client: { file: text } } = useText();
  const requests = useLoad((signal) => medical.get('/api/v1/cases/{case}/file-requests', { path: { case: id }, signal }), [id]);
  const [isAsked, setIsAsked] = useState(false);
  const once = useOnce();
  return (
    <Loaded of={requests}>
      {({ file_requests: all }) => {
        const [newest] = all;
        const readable = all.find((one) => one.readable_until !== null && one.readable_until >= today());
        const isOpen = newest !== undefined && newest.decision === null;
        return (
          <>
            <Card title={text.request}>
              {isAsked && <Done>{text.asked}</Done>}
              <Answer newest={newest} isOver={readable === undefined} />
              {!isOpen && (
                <Form
                  onSend={async () => {
                    await once({}, (key) => medical.post('/api/v1/cases/{case}/file-requests', undefined, { path: { case: id }, headers: { 'Idempotency-Key': key } }));
                    setIsAsked(true);
                    requests.reload();
                  }}
                  buttons={(isBusy) => <Button kind={newest ? 'plain' : 'primary'} type="submit" isBusy={isBusy}>{newest ? text.askAgain : text.ask}</Button>}
                >
                  {null}
                </Form>
              )}
            </Card>
            {readable && <Notes id={id} request={readable} />}
          </>
        );
      }}
    </Loaded>
  );
}

/** What became of the newest request, in a sentence. */
function Answer({ newest, isOver }: { newest: FileRequest | undefined; isOver: boolean }) {
  const { client: { file: text } } = useText();
  if (!newest) return <p>{text.mayAsk}</p>;
  switch (newest.decision) {
    case null:
      return <Alert kind="info">{text.open(moment(newest.asked_at), day(newest.answer_by))}</Alert>;
    case 'refused':
      return (
        <>
          <p>{text.refused(moment(newest.decided_at ?? ''))}</p>
          <p class="pre">{newest.reason}</p>
          <p>{text.refusedMeans}</p>
        </>
      );
    case 'given':
      return isOver ? <p>{text.over(day(newest.readable_until ?? ''))}</p> : <Alert kind="ok">{text.given(day(newest.readable_until ?? ''))}</Alert>;
  }
}

/** What the doctor wrote up to the moment at which it was given. Asked for each time: each reading is written down. */
function Notes({ id, request }: { id: string; request: FileRequest }) {
  const { client: { file: text } } = useText();
  const file = useLoad((signal) => medical.get('/api/v1/cases/{case}/medical-file', { path: { case: id }, signal }), [id, request.file_request]);
  return (
    <Card title={text.notes}>
      <p class="muted">{text.givenMeans(moment(request.decided_at ?? ''))}</p>
      <Loaded of={file}>
        {({ consults }) => (
          <>
            {consults.length === 0 && <Empty icon="document"><p>{text.noNotes}</p></Empty>}
            {consults.length > 0 && <p class="muted small">{text.codeMeans}</p>}
            <NoteList notes={consults} code={text.code} />
          </>
        )}
      </Loaded>
    </Card>
  );
}
