import type { components } from '../../../api/office';
import { typedAmount, weekday } from '../../../lib/benefit_format';
import { mondayOf, plusDays, type Returns } from '../../../lib/calendar';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Card } from '../../../ui/card';
import { ChoicesField } from '../../../ui/choices_field';
import { SelectField } from '../../../ui/select_field';
import { TextField } from '../../../ui/text_field';
import { Lines } from './lines';

type Facts = components['schemas']['BenefitFacts'] | null;

const optionsOf = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }));
const mostParts = 20;
const mostIncomes = 300;

/** The job in which somebody fell ill. */
export function JobFields({ facts, onReturns }: { facts: Facts; onReturns: (returns: Returns) => void }) {
  const { benefit: { facts: text } } = useBenefitText();
  return (
    <Card title={text.job}>
      <div class="columns">
        <TextField name="job_first_day" label={text.jobFirst} type="date" defaultValue={facts?.job_first_day ?? ''} />
        <TextField name="job_last_day" label={text.jobLast} hint={text.jobLastHint} isOptional type="date" defaultValue={facts?.job_last_day ?? ''} />
        <SelectField
          name="wage_returns" label={text.returns} options={optionsOf(text.returnsOf)} defaultValue={facts?.wage_returns ?? 'monthly'}
          onChange={(value) => onReturns(value === 'four_weekly' ? 'four_weekly' : 'monthly')}
        />
        <TextField
          name="agreed_wage" label={text.agreedWage} hint={text.agreedWageHint} isOptional inputMode="decimal" maxLength={20}
          defaultValue={facts?.agreed_wage ? typedAmount(facts.agreed_wage) : ''}
        />
      </div>
    </Card>
  );
}

/** First and last day of a line. */
function PeriodFields({ at, row }: { at: string; row: { first: string; last: string } }) {
  const { benefit: { facts: text } } = useBenefitText();
  return (
    <>
      <TextField name={`${at}.first`} label={text.first} type="date" defaultValue={row.first} />
      <TextField name={`${at}.last`} label={text.last} type="date" defaultValue={row.last} />
    </>
  );
}

/** Earlier parts of the same illness, and the first weekend. */
export function IllnessFields({ facts, firstSickDay }: { facts: Facts; firstSickDay: string }) {
  const { benefit: { facts: text } } = useBenefitText();
  // The first week of the whole illness.
  const first = facts?.earlier[0]?.first ?? firstSickDay;
  const saturday = plusDays(mondayOf(first), 5);
  const recorded = facts?.weekend_work.map(({ day }) => day) ?? [];
  const days = [...new Set([saturday, plusDays(saturday, 1)].filter((day) => day >= first).concat(recorded))];
  return (
    <>
      <Lines name="earlier" title={text.earlier} hint={text.earlierHint} none={text.noEarlier} add={text.addEarlier} most={mostParts} initial={facts?.earlier ?? []} fresh={{ first: '', last: '' }}>
        {(row, at) => <PeriodFields at={at} row={row} />}
      </Lines>
      <div class="card">
        <ChoicesField name="weekend_work" label={text.weekend} hint={text.weekendHint} kind="many" isRow choices={Object.fromEntries(days.map((day) => [day, weekday(day)]))} chosen={recorded} />
      </div>
    </>
  );
}

export function IncomeFields({ facts }: { facts: Facts }) {
  const { benefit: { facts: text } } = useBenefitText();
  return (
    <Lines
      name="income" title={text.income} hint={text.incomeHint} none={text.noIncome} add={text.addIncome} most={mostIncomes}
      initial={facts?.income ?? []} fresh={{ first: '', last: '', amount: '', per: 'week' as const }}
    >
      {(row, at) => (
        <>
          <PeriodFields at={at} row={row} />
          <TextField name={`${at}.amount`} label={text.amount} inputMode="decimal" maxLength={20} defaultValue={typedAmount(row.amount)} />
          <SelectField name={`${at}.per`} label={text.per} options={optionsOf(text.perOf)} defaultValue={row.per} />
        </>
      )}
    </Lines>
  );
}

export function SanctionFields({ facts }: { facts: Facts }) {
  const { benefit: { facts: text } } = useBenefitText();
  return (
    <Lines
      name="sanctions" title={text.sanctions} hint={text.sanctionsHint} none={text.noSanctions} add={text.addSanction} most={mostParts}
      initial={facts?.sanctions ?? []} fresh={{ first: '', last: '', percentage: '', decision: '', decided_on: '' }}
    >
      {(row, at) => (
        <>
          <PeriodFields at={at} row={row} />
          <TextField name={`${at}.percentage`} label={text.percentage} inputMode="decimal" maxLength={20} defaultValue={typedAmount(row.percentage)} />
          <TextField name={`${at}.decision`} label={text.decision} maxLength={60} defaultValue={row.decision} />
          <TextField name={`${at}.decided_on`} label={text.decidedOn} type="date" defaultValue={row.decided_on} />
        </>
      )}
    </Lines>
  );
}

export function TaxFields({ facts }: { facts: Facts }) {
  const { benefit: { facts: text }, states } = useBenefitText();
  return (
    <Card title={text.tax}>
      <ChoicesField
        name="has_declared_credit" label={text.credit} hint={text.creditHint} kind="one" isRow choices={{ true: states.yes, false: states.no }}
        chosen={[String(facts?.has_declared_credit ?? false)]}
      />
      <SelectField name="tax_table" label={text.table} options={optionsOf(text.tableOf)} defaultValue={facts?.tax_table ?? ''} />
    </Card>
  );
}
