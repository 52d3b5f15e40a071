import { office } from '../../../lib/api';
import { longDay, moneyOfText } from '../../../lib/benefit_format';
import { moment } from '../../../lib/format';
import { useLoad } from '../../../lib/use_load';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Card } from '../../../ui/card';
import { Link } from '../../../ui/link';
import { Loaded } from '../../../ui/loaded';

/** What the benefit is reckoned from, in short, and the way to change it. */
export function RecordedFacts({ id }: { id: string }) {
  const { benefit: { recorded: text, facts: labels, span }, states } = useBenefitText();
  const found = useLoad((signal) => office.get('/api/v1/cases/{case}/benefit-facts', { path: { case: id }, signal }), [id]);
  if (found.data?.facts === null) return null;
  return (
    <Card title={text.title}>
      <Loaded of={found} rows={3}>
        {({ number, recorded_at: at, facts }) => {
          if (facts === null) return null;
          const lines = (some: readonly unknown[]) => (some.length === 0 ? '' : text.lines(some.length));
          const shown: [string, string][] = [
            [text.job, facts.job_last_day === null ? text.from(longDay(facts.job_first_day)) : span(longDay(facts.job_first_day), longDay(facts.job_last_day))],
            [text.wageReturns, labels.returnsOf[facts.wage_returns] ?? facts.wage_returns],
            [text.wages, facts.wages.length === 0 ? '' : text.periods(facts.wages.length)],
            [text.agreedWage, facts.agreed_wage === null ? '' : moneyOfText(facts.agreed_wage)],
            [text.earlier, lines(facts.earlier)],
            [text.income, lines(facts.income)],
            [text.sanctions, lines(facts.sanctions)],
            [text.credit, facts.has_declared_credit ? states.yes : states.no],
            [text.table, facts.tax_table === null ? '' : labels.tableOf[facts.tax_table] ?? facts.tax_table],
          ];
          return (
            <>
              <dl class="facts">
                {shown.filter(([, value]) => value !== '').map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`} class="numbers">{value}</dd>])}
              </dl>
              {at !== null && <p class="muted small">{text.version(number, moment(at))}</p>}
              <div class="buttons"><Link class="button" href={`/cases/${id}/benefit-facts`}>{text.change}</Link></div>
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}
