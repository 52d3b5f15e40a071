import { office } from '../../../lib/api';
import { usePlace } from '../../../lib/router';
import { useSession } from '../../../lib/session';
import { useLoad } from '../../../lib/use_load';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Card } from '../../../ui/card';
import { Done } from '../../../ui/done';
import { Loaded } from '../../../ui/loaded';
import { Accounts } from './accounts';
import { DagloonCard } from './dagloon_card';
import { Payments } from './payments';
import { RecordedFacts } from './recorded_facts';
import { WeekList } from './week_list';

/** What a case is worth, and why. Who records it also sees from what, what was paid, and to which account. */
export function CaseBenefit({ id }: { id: string }) {
  const { benefit: text } = useBenefitText();
  const { session } = useSession();
  const isRecorded = usePlace().query.has('recorded');
  const found = useLoad((signal) => office.get('/api/v1/cases/{case}/benefit', { path: { case: id }, signal }), [id]);
  const records = session.role === 'benefit_specialist';
  return (
    <div class="stack">
      {isRecorded && <Done><p>{text.recorded.done}</p></Done>}
      <div class={records ? 'two wide-left' : undefined}>
        <Loaded of={found} rows={6}>
          {(benefit) => (
            <div class={records ? 'stack' : 'two wide-left'}>
              <div class="stack"><DagloonCard id={id} benefit={benefit} /></div>
              {benefit.facts_number > 0 && (benefit.obstacle === null || benefit.weeks.length > 0) && (
                <Card title={text.weeks.title}><WeekList id={id} benefit={benefit} /></Card>
              )}
            </div>
          )}
        </Loaded>
        {records && (
          <div class="stack">
            <RecordedFacts id={id} />
            <Payments id={id} />
            <Accounts id={id} />
          </div>
        )}
      </div>
    </div>
  );
}
