import { useEffect, useId, useRef, useState } from '#fw';
import type { components } from '../../../api/office';
import { longDay, longMonth, typedAmount } from '../../../lib/benefit_format';
import { valuesOf } from '../../../lib/form_values';
import { fourWeeksOf, periodAfter, periodBefore, periodOf, periodsBefore, type Returns, type WagePeriod } from '../../../lib/calendar';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Button } from '../../../ui/button';
import { SelectField } from '../../../ui/select_field';
import { TextField } from '../../../ui/text_field';
import { ListFaults } from './lines';

type Wage = components['schemas']['BenefitFacts']['wages'][number];
type Row = WagePeriod & Partial<Wage>;

const most = 40;

interface Props {
  returns: Returns;
  /** Another kind of period is chosen: what was typed here stays, out of sight and unsent. */
  isOff: boolean;
  initial: readonly Wage[];
  firstSickDay: string;
}

/** The wage of each wage-return period. Nobody types a date: the periods stand there, before and behind each other. */
export function WageLines({ returns, isOff, initial, firstSickDay }: Props) {
  const { benefit: { facts: text, span } } = useBenefitText();
  const id = useId();
  const name = isOff ? `off-${returns}` : 'wages';
  const box = useRef<HTMLFieldSetElement>(null);
  const [rows, setRows] = useState<readonly Row[]>(() => initial.toSorted((a, b) => (a.first < b.first ? -1 : 1)));
  const [goTo, setGoTo] = useState<string | null>(null);
  useEffect(() => {
    if (goTo !== null) box.current?.querySelector<HTMLElement>(goTo)?.focus();
    setGoTo(null);
  }, [goTo]);

  const show = (some: readonly Row[], focused: WagePeriod | undefined) => {
    setRows(some);
    setGoTo(focused ? `[data-line="${focused.first}"] input:not([type="hidden"])` : '.line-add button');
  };
  const prepare = () => {
    const values = box.current?.form ? valuesOf(box.current.form) : {};
    // The year before the illness counts; before the end of the job, where that was earlier.
    const days = [firstSickDay, values['earlier.0.first'] ?? '', values.job_last_day ?? ''].filter((day) => day !== '').sort();
    const periods = periodsBefore(days[0] ?? firstSickDay, returns, values.job_first_day ?? '');
    show(periods, periods[0]);
  };
  const [oldest, newest] = [rows[0], rows.at(-1)];
  const nameOf = (one: WagePeriod): string => {
    if (returns === 'monthly') return longMonth(one.first);
    const { number, year } = fourWeeksOf(one.first);
    return text.period(number, year);
  };
  return (
    <fieldset ref={box} name={name} disabled={isOff} hidden={isOff} tabIndex={-1} class="card lines-box" aria-labelledby={id} aria-describedby={`${id}-hint`}>
      <div>
        <h2 id={id}>{text.wages}</h2>
        <p class="hint" id={`${id}-hint`}>{text.wagesHint}</p>
      </div>
      <ListFaults name={name} />
      {rows.length === 0 && <p class="muted">{text.noWages}</p>}
      {rows.length > 0 && (
        <div class="line wage heads" aria-hidden="true">
          <span />{[text.svWage, text.holidayPaid, text.holidayAccrued, text.less].map((head) => <span key={head}>{head}</span>)}<span />
        </div>
      )}
      {rows.map((row, i) => {
        const at = `${name}.${i}`;
        const amount = (value: string | undefined) => (value === undefined ? '' : typedAmount(value));
        return (
          <div key={row.first} class="line wage" data-line={row.first} role="group" aria-label={nameOf(row)}>
            <div class="period">
              <strong>{nameOf(row)}</strong>
              {returns === 'four_weekly' && <div class="muted small">{span(longDay(row.first), longDay(row.last))}</div>}
            </div>
            <input type="hidden" name={`${at}.first`} value={row.first} />
            <input type="hidden" name={`${at}.last`} value={row.last} />
            <TextField name={`${at}.sv_wage`} label={text.svWage} inputMode="decimal" maxLength={20} defaultValue={amount(row.sv_wage)} />
            <TextField name={`${at}.holiday_paid`} label={text.holidayPaid} inputMode="decimal" maxLength={20} defaultValue={row.holiday_paid === '0.00' ? '' : amount(row.holiday_paid)} />
            <TextField name={`${at}.holiday_accrued`} label={text.holidayAccrued} inputMode="decimal" maxLength={20} defaultValue={row.holiday_accrued === '0.00' ? '' : amount(row.holiday_accrued)} />
            <SelectField name={`${at}.less`} label={text.less} options={Object.entries(text.lessOf).map(([value, label]) => ({ value, label }))} defaultValue={row.less ?? 'no'} />
            <Button kind="quiet" label={text.removeLine(nameOf(row))} onClick={() => show(rows.filter((one) => one !== row), undefined)}>{text.remove}</Button>
          </div>
        );
      })}
      <div class="buttons line-add">
        {rows.length === 0 && <Button icon="plus" onClick={prepare}>{text.prepare[returns]}</Button>}
        {rows.length < most && oldest && (
          <Button icon="plus" onClick={() => { const one = periodBefore(oldest, returns); show([one, ...rows], one); }}>{text.earlierPeriod}</Button>
        )}
        {rows.length < most && newest && newest.last < periodOf(firstSickDay, returns).last && (
          <Button icon="plus" onClick={() => { const one = periodAfter(newest, returns); show([...rows, one], one); }}>{text.laterPeriod}</Button>
        )}
      </div>
      {rows.length === 0 && <p class="hint">{text.prepareMeans}</p>}
    </fieldset>
  );
}
