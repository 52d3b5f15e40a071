import type { paths } from '../../api/medical';
import type { AnswerOf } from '../../lib/api';
import { moment } from '../../lib/format';
import { useSpeech } from '../../text/use_text';
import { Empty } from '../../ui/empty';

type Sent = AnswerOf<paths, '/api/v1/cases/{case}/letters'>['letters'];

/** Letters as they went out, the newest on top. */
export function SentLetters({ letters, none }: { letters: Sent; none: string }) {
  const { language, text: { medical: { letters: text } } } = useSpeech();
  return (
    <>
      {letters.length === 0 && <Empty icon="letter"><p>{none}</p></Empty>}
      <ul class="things">
        {[...letters].reverse().map((letter) => (
          <li key={letter.letter}>
            <div class="stack">
              <strong>{text.signed(moment(letter.signed_at))}</strong>
              <p class="pre">{language === 'en' ? letter.text_en : letter.text_nl}</p>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
