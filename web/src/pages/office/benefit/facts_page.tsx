import { useState } from '#fw';
import { office, Refused } from '../../../lib/api';
import { factsIn } from '../../../lib/benefit_values';
import { go } from '../../../lib/router';
import { useLoad } from '../../../lib/use_load';
import type { Returns } from '../../../lib/calendar';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Button } from '../../../ui/button';
import { Form, refuse } from '../../../ui/form';
import { Icon } from '../../../ui/icon';
import { Link } from '../../../ui/link';
import { Loaded } from '../../../ui/loaded';
import { TextField } from '../../../ui/text_field';
import { ChangedNotice } from '../case_change';
import { IllnessFields, IncomeFields, JobFields, SanctionFields, TaxFields } from './facts_fields';
import { WageLines } from './wage_lines';

/** Where a benefit specialist records what a benefit is reckoned from. */
export function FactsPage({ id, firstSickDay }: { id: string; firstSickDay: string }) {
  const { benefit: { facts: text }, states } = useBenefitText();
  const path = { case: id };
  const found = useLoad((signal) => office.get('/api/v1/cases/{case}/benefit-facts', { path, signal }), [id]);
  const [oldNumber, setOldNumber] = useState<number | null>(null);
  const [chosen, setReturns] = useState<Returns | null>(null);
  const back = `/cases/${id}/benefit`;
  return (
    <div class="stack">
      <Link class="back" href={back}><Icon name="back" />{text.back}</Link>
      <div>
        <h2 class="big">{text.title}</h2>
        <p class="muted">{text.intro}</p>
      </div>
      <Loaded of={found} rows={6}>
        {({ number, facts }) => {
          const returns = chosen ?? facts?.wage_returns ?? 'monthly';
          const send = async (values: Record<string, string>) => {
            const given = factsIn(values, text);
            if (given.faults.length > 0) refuse(...given.faults);
            try {
              await office.put('/api/v1/cases/{case}/benefit-facts', given.facts, { path, headers: { 'If-Match': `"${number}"` } });
            } catch (error) {
              if (error instanceof Refused && error.problem.code === 'changed_meanwhile') setOldNumber(number);
              throw error;
            }
            go(`${back}?recorded`);
          };
          return (
            <div key={number} class="facts-form">
              {oldNumber === number && <ChangedNotice onReload={() => { setReturns(null); found.reload(); }} />}
              <Form
                onSend={send}
                buttons={(isBusy) => (
                  <>
                    <Button kind="primary" type="submit" isBusy={isBusy}>{text.save}</Button>
                    <Link class="button quiet" href={back}>{states.cancel}</Link>
                  </>
                )}
              >
                <JobFields facts={facts} onReturns={setReturns} />
                {(['monthly', 'four_weekly'] as const).map((kind) => (
                  <WageLines key={kind} returns={kind} isOff={kind !== returns} initial={facts?.wage_returns === kind ? facts.wages : []} firstSickDay={firstSickDay} />
                ))}
                <div class="card"><TextField name="wages_total" label={text.total} hint={text.totalHint} isOptional inputMode="decimal" maxLength={20} width="medium" /></div>
                <IllnessFields facts={facts} firstSickDay={firstSickDay} />
                <IncomeFields facts={facts} />
                <SanctionFields facts={facts} />
                <TaxFields facts={facts} />
              </Form>
            </div>
          );
        }}
      </Loaded>
    </div>
  );
}
