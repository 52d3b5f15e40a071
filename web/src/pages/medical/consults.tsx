import { useState } from '#fw';
import { medical } from '../../lib/api';
import { useDraft } from '../../lib/draft';
import { useOnce, type Outcome } from '../../lib/once';
import { useLoad } from '../../lib/use_load';
import { useSpeech } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Combobox } from '../../ui/combobox';
import { Done } from '../../ui/done';
import { Empty } from '../../ui/empty';
import { Form } from '../../ui/form';
import { Loaded } from '../../ui/loaded';
import { TextAreaField } from '../../ui/text_area_field';
import { NoteList } from './note_list';

/** The consults of a case, the newest on top, and the way to write one. */
export function Consults({ id }: { id: string }) {
  const { language, text: { medical: { consults: text } } } = useSpeech();
  const consults = useLoad((signal) => medical.get('/api/v1/cases/{case}/consults', { path: { case: id }, signal }), [id]);
  const [written, setWritten] = useState<{ count: number; outcome: Outcome }>({ count: 0, outcome: 'sent' });
  const once = useOnce();
  const draft = useDraft('consult', id);
  return (
    <div class="two">
      <Card title={text.title}>
        <Loaded of={consults}>
          {(data) => (
            <>
              {data.consults.length === 0 && <Empty icon="document"><p>{text.none}</p></Empty>}
              <NoteList notes={data.consults} code={text.cas} />
            </>
          )}
        </Loaded>
      </Card>
      <Card title={text.write}>
        {written.count > 0 && <Done key={written.count}>{written.outcome === 'sent' ? text.done : text.doneEarlier}</Done>}
        <Form
          key={`form ${written.count}`} draft={draft}
          onSend={async ({ note = '', cas_code = '' }) => {
            const consult = { note, cas_code: cas_code.trim().toUpperCase() };
            const outcome = await once(consult, (key) => medical.post('/api/v1/cases/{case}/consults', consult, { path: { case: id }, headers: { 'Idempotency-Key': key } }));
            draft.end();
            setWritten({ count: written.count + 1, outcome });
            consults.reload();
          }}
          buttons={(isBusy) => <Button kind="primary" type="submit" isBusy={isBusy}>{text.submit}</Button>}
        >
          <TextAreaField name="note" label={text.note} maxLength={20000} />
          <Combobox
            name="cas_code" label={text.casCode} hint={text.casHint} maxLength={100} listLabel={text.casList}
            search={async (words, signal) => {
              const { codes } = await medical.post('/api/v1/cas-codes/search', { words }, { signal });
              return codes.map((one) => ({ value: one.cas_code, words: text.casChoice(language === 'en' ? one.words_en : one.words_nl, one.is_complaint) }));
            }}
            unknown={(typed) => (/^[a-z][0-9]{3}$/i.test(typed) ? text.casUnknown(typed.toUpperCase()) : undefined)}
          />
        </Form>
      </Card>
    </div>
  );
}
