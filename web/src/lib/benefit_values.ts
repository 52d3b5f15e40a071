// What was typed in the form of the facts, as the program takes it; and what a page can see that is wrong with it.
import type { components } from '../api/office';
import type { FieldFault } from './api';
import type { Values } from './form_values';

type NewFacts = components['schemas']['NewBenefitFacts'];
interface Words { notAnAmount: string; wageMissing: string; firstMissing: string; lastMissing: string; amountMissing: string; percentageMissing: string }

const amounts = [/^-?\d+([.,]\d{1,2})?$/, /^-?\d{1,3}(\.\d{3})+,\d{1,2}$/, /^-?\d{1,3}(,\d{3})+\.\d{1,2}$/];
/** An amount without what the program does not read: "€ 2.610,00" as "2.610,00". */
const bare = (typed = ''): string => typed.replace(/[\s€%]/g, '');

interface Line { at: string; values: Values }
/** The lines of a list, of fields named "income.0.amount". */
function linesOf(values: Values, list: string): Line[] {
  const found: Line[] = [];
  for (const [name, value] of Object.entries(values)) {
    const [of, number, field] = name.split('.');
    if (of !== list || number === undefined || field === undefined) continue;
    const line = found[Number(number)] ??= { at: `${of}.${number}`, values: {} };
    line.values[field] = value.trim();
  }
  return found.filter(Boolean);
}

/** The facts in these values; or what is wrong with which field. The program looks once more, at all of it. */
export function factsIn(values: Values, words: Words): { facts: NewFacts; faults: FieldFault[] } {
  const faults: FieldFault[] = [];
  const take = (line: Line, field: string, missing: string | null, isAmount = false): string => {
    const value = isAmount ? bare(line.values[field]) : line.values[field] ?? '';
    if (value === '' && missing !== null) faults.push({ field: `${line.at}.${field}`, code: 'missing', detail: missing });
    if (value !== '' && isAmount && !amounts.some((one) => one.test(value))) faults.push({ field: `${line.at}.${field}`, code: 'not_an_amount', detail: words.notAnAmount });
    return value;
  };
  // A line in which nothing was typed is none.
  const lines = (list: string, typed: string[]) => linesOf(values, list).filter((line) => typed.some((field) => (line.values[field] ?? '') !== ''));
  const period = (line: Line) => ({ first: take(line, 'first', words.firstMissing), last: take(line, 'last', words.lastMissing) });
  type Of<K extends 'wages' | 'income' | 'sanctions'> = NonNullable<NewFacts[K]>;
  const facts: NewFacts = {
    job_first_day: values.job_first_day ?? '',
    job_last_day: values.job_last_day ?? '',
    wage_returns: values.wage_returns as NonNullable<NewFacts['wage_returns']>,
    agreed_wage: bare(values.agreed_wage),
    has_declared_credit: values.has_declared_credit === 'true',
    tax_table: (values.tax_table ?? '') as NonNullable<NewFacts['tax_table']>,
    wages_total: bare(values.wages_total),
    wages: linesOf(values, 'wages')
      .filter((line) => ['sv_wage', 'holiday_paid', 'holiday_accrued'].some((field) => line.values[field] !== '') || line.values.less !== 'no')
      .map((line) => ({
        ...period(line), sv_wage: take(line, 'sv_wage', words.wageMissing, true), holiday_paid: take(line, 'holiday_paid', null, true),
        holiday_accrued: take(line, 'holiday_accrued', null, true), less: line.values.less,
      })) as Of<'wages'>,
    earlier: lines('earlier', ['first', 'last']).map(period),
    weekend_work: (values.weekend_work ?? '').split(' ').filter((day) => day !== '').map((day) => ({ day })),
    income: lines('income', ['first', 'last', 'amount'])
      .map((line) => ({ ...period(line), amount: take(line, 'amount', words.amountMissing, true), per: line.values.per })) as Of<'income'>,
    sanctions: lines('sanctions', ['first', 'last', 'percentage', 'decision', 'decided_on'])
      .map((line) => ({ ...period(line), percentage: take(line, 'percentage', words.percentageMissing, true), decision: line.values.decision ?? '', decided_on: line.values.decided_on ?? '' })),
  };
  return { facts, faults };
}
