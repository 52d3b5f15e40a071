import { useState } from '#fw';
import { medical } from '../../lib/api';
import { moment } from '../../lib/format';
import { useSession } from '../../lib/session';
import type { Outcome } from '../../lib/once';
import { useLoad } from '../../lib/use_load';
import { useSpeech } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Done } from '../../ui/done';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { NewLetter } from './new_letter';

/** What went out of a case, and for the company doctor the way to write the next. */
export function Letters({ id }: { id: string }) {
  const { language, text: { medical: { letters: text } } } = useSpeech();
  const { session: { role } } = useSession();
  const letters = useLoad((signal) => medical.get('/api/v1/cases/{case}/letters', { path: { case: id }, signal }), [id]);
  const [signed, setSigned] = useState<{ count: number; outcome: Outcome }>({ count: 0, outcome: 'sent' });
  return (
    <div class="two">
      <Card title={text.title}>
        <Loaded of={letters}>
          {(data) => (
            <>
              {data.letters.length === 0 && <Empty icon="letter"><p>{text.none}</p></Empty>}
              <ul class="things">
                {[...data.letters].reverse().map((letter) => (
                  <li key={letter.letter}>
                    <div class="stack">
                      <strong>{text.signed(moment(letter.signed_at))}</strong>
                      <p class="pre">{language === 'en' ? letter.text_en : letter.text_nl}</p>
                    </div>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Loaded>
      </Card>
      {role === 'company_doctor' && (
        <Card title={text.write}>
          {signed.count > 0 && <Done key={signed.count}>{signed.outcome === 'sent' ? text.done : text.doneEarlier}</Done>}
          <NewLetter
            key={`form ${signed.count}`} id={id}
            onSigned={(outcome) => {
              setSigned({ count: signed.count + 1, outcome });
              letters.reload();
            }}
          />
        </Card>
      )}
    </div>
  );
}
