import { office } from '../../lib/api';
import { moment } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useSpeech } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';

/** What the doctor told: the same words for employer, client and case manager. */
export function CaseLetters({ id }: { id: string }) {
  const { language, text: { office: { file: text } } } = useSpeech();
  const letters = useLoad((signal) => office.get('/api/v1/cases/{case}/letters', { path: { case: id }, signal }), [id]);
  return (
    <Loaded of={letters}>
      {(data) => (
        <>
          {data.letters.length === 0 && <Empty icon="letter"><p>{text.noLetters}</p></Empty>}
          {[...data.letters].reverse().map((letter) => (
            <Card key={letter.letter} title={text.signedBy(letter.doctor_name, moment(letter.signed_at))}>
              <p class="pre">{language === 'en' ? letter.text_en : letter.text_nl}</p>
            </Card>
          ))}
        </>
      )}
    </Loaded>
  );
}
