import { useState } from '#fw';
import { medical } from '../../lib/api';
import { useDraft } from '../../lib/draft';
import { useSession } from '../../lib/session';
import type { Outcome } from '../../lib/once';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Done } from '../../ui/done';
import { Loaded } from '../../ui/loaded';
import { NewLetter } from './new_letter';
import { SentLetters } from './sent_letters';

/** What went out of a case, and for the company doctor the way to write the next. */
export function Letters({ id }: { id: string }) {
  const { medical: { letters: text } } = useText();
  const { session: { role } } = useSession();
  const letters = useLoad((signal) => medical.get('/api/v1/cases/{case}/letters', { path: { case: id }, signal }), [id]);
  // Of all letters that are written here: the next one must not find that of the one before while it is being ended.
  const draft = useDraft('letter', id);
  const [signed, setSigned] = useState<{ count: number; outcome: Outcome }>({ count: 0, outcome: 'sent' });
  return (
    <div class="two">
      <Card title={text.title}>
        <Loaded of={letters}>{(data) => <SentLetters letters={data.letters} none={text.none} />}</Loaded>
      </Card>
      {role === 'company_doctor' && (
        <Card title={text.write}>
          {signed.count > 0 && <Done key={signed.count}>{signed.outcome === 'sent' ? text.done : text.doneEarlier}</Done>}
          <NewLetter
            key={`form ${signed.count}`} id={id} draft={draft}
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
