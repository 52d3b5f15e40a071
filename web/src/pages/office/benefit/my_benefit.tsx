import { office } from '../../../lib/api';
import { money, weekName } from '../../../lib/benefit_format';
import { toldStep } from '../../../lib/benefit_steps';
import { useLoad } from '../../../lib/use_load';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Card } from '../../../ui/card';
import { Loaded } from '../../../ui/loaded';
import { Accounts } from './accounts';
import { Payments } from './payments';
import { StepList } from './step_list';
import { WeekList, type Benefit } from './week_list';

/** What a client wants to know of the money: what is paid, how high it is and why, and to which account. */
export function MyBenefit({ id }: { id: string }) {
  return (
    <>
      <Payments id={id} isOwn />
      <HowHigh id={id} />
      <Accounts id={id} isOwn />
    </>
  );
}

function HowHigh({ id }: { id: string }) {
  const { benefit: { client: text } } = useBenefitText();
  const found = useLoad((signal) => office.get('/api/v1/cases/{case}/benefit', { path: { case: id }, signal }), [id]);
  return <Card title={text.amount}><Loaded of={found} rows={2}>{(benefit) => <Worth id={id} benefit={benefit} />}</Loaded></Card>;
}

function Worth({ id, benefit }: { id: string; benefit: Benefit }) {
  const { benefit: { client: text, week } } = useBenefitText();
  const { dagloon, weeks } = benefit;
  if (benefit.facts_number === 0) return <p>{text.noFacts}</p>;
  const newest = weeks.findLast((one) => one.payable_cents > 0);
  return (
    <>
      {benefit.obstacle !== null && <p>{text.obstacle}</p>}
      {dagloon && (
        <>
          <p class="total numbers">{text.dagloonIs(money(dagloon.capped_cents))}</p>
          <p>{text.dagloonMeans}</p>
          {newest && <p>{text.newestWeek(weekName(newest.monday, week), money(newest.payable_cents))}</p>}
          <details><summary>{text.how}</summary><StepList steps={dagloon.steps.map(toldStep)} /></details>
        </>
      )}
      {weeks.length > 0 && <details><summary>{text.perWeek}</summary><div class="stack inside"><WeekList id={id} benefit={benefit} /></div></details>}
    </>
  );
}
