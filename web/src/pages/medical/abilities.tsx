import { useState } from '#fw';
import { medical } from '../../lib/api';
import { day, moment } from '../../lib/format';
import type { Outcome } from '../../lib/once';
import { useSession } from '../../lib/session';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Done } from '../../ui/done';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { AbilityList } from './ability_list';
import { NewAbilities } from './new_abilities';

/** What somebody can still do: the newest list at one look, the older ones, and for a doctor the way to write the next. */
export function AbilitiesOfCase({ id }: { id: string }) {
  const { medical: { abilities: text } } = useText();
  const { session: { role } } = useSession();
  const abilities = useLoad((signal) => medical.get('/api/v1/cases/{case}/functional-abilities', { path: { case: id }, signal }), [id]);
  const [signed, setSigned] = useState<{ count: number; outcome: Outcome; replaced: number | undefined }>({ count: 0, outcome: 'sent', replaced: undefined });
  return (
    <Loaded of={abilities}>
      {({ functional_abilities: [newest, ...older], sections }) => (
        <div class="two">
          <Card title={newest ? text.newest(newest.version, day(newest.valid_from)) : text.title}>
            {!newest && <Empty icon="document"><p>{text.none}</p></Empty>}
            {newest && (
              <>
                <p class="muted small">{text.signed(newest.signer, moment(newest.signed_at))}</p>
                <AbilityList list={newest} sections={sections} />
              </>
            )}
            {older.map((one) => (
              <details key={one.id}>
                <summary>{text.older(one.version, day(one.valid_from))}</summary>
                <div class="stack inside">
                  <p class="muted small">{text.signed(one.signer, moment(one.signed_at))}</p>
                  <AbilityList list={one} sections={sections} />
                </div>
              </details>
            ))}
          </Card>
          {['company_doctor', 'insurance_doctor'].includes(role) && (
            <div class="on-screen">
              <Card title={text.write}>
                {signed.count > 0 && <Done key={signed.count}>{signed.outcome === 'sent' ? text.done : text.doneEarlier}</Done>}
                {/* The next form begins as what was signed, once that is here. */}
                {(signed.count === 0 || newest?.version !== signed.replaced) && (
                  <NewAbilities
                    key={`form ${signed.count}`} id={id} newest={newest} sections={sections} onChanged={abilities.reload}
                    onSigned={(outcome) => {
                      setSigned({ count: signed.count + 1, outcome, replaced: newest?.version });
                      abilities.reload();
                    }}
                  />
                )}
              </Card>
            </div>
          )}
        </div>
      )}
    </Loaded>
  );
}
