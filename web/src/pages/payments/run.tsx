import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { count, day, moment, money } from '../../lib/format';
import { usePlace } from '../../lib/router';
import { useSession } from '../../lib/session';
import { useAgain } from '../../lib/use_again';
import { useLoad } from '../../lib/use_load';
import { NotFound } from '../../shell/not_found';
import type { PageProps } from '../../shell/side';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Card } from '../../ui/card';
import { Empty } from '../../ui/empty';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Pager } from '../../ui/pager';
import { Table } from '../../ui/table';
import { Totals } from '../../ui/totals';
import { RunProgress } from './run_progress';
import { readersOfRuns } from './runs';
import { useWeekName } from './week_name';

type Detail = components['schemas']['PayRunDetail'];

/** The cases that were left out: why, and what to do about it. */
function LeftOut({ run }: { run: Detail }) {
  const { payments: { run: text } } = useText();
  const { session: { role } } = useSession();
  if (run.obstacles.length === 0) return <Empty icon="check"><p>{run.state === 'running' ? text.noneYet : text.noneLeftOut}</p></Empty>;
  return (
    <>
      <p class="muted">{text.leftOutWhy}</p>
      <Table heads={[text.case, text.reason, text.toDo]}>
        {run.obstacles.map((one) => {
          const [why, toDo] = text.obstacles[one.code] ?? [text.unknown(one.code), text.unknownToDo];
          // Enough of its id to tell it from the others.
          const short = one.case.slice(-6);
          return (
            <tr key={one.case}>
              <td data-label={text.case}>
                {role === 'benefit_specialist' ? <Link href={`/cases/${one.case}`} label={`${text.open} ${short}`}>{text.open}</Link> : null} <span class="muted small numbers">{short}</span>
              </td>
              <td data-label={text.reason}>{why}</td>
              <td data-label={text.toDo}>{toDo}</td>
            </tr>
          );
        })}
      </Table>
      <Pager next={run.next} />
    </>
  );
}

/** One pay run: its totals, and what it could not reckon. */
function RunHere({ id }: { id: string }) {
  const { payments: { runs: text, run: texts } } = useText();
  const week = useWeekName();
  const after = usePlace().query.get('after') ?? '';
  const load = useLoad((signal) => office.get('/api/v1/pay-runs/{run}', { path: { run: id }, query: { after }, signal }), [id, after]);
  useAgain(load, load.data?.state === 'running');
  return (
    <Loaded of={load} rows={6}>
      {(run) => (
        <>
          <PageHead
            title={texts.title(week.short(run.week))} intro={texts.intro(run.number, day(run.pay_day))}
            back={<Link class="back" href="/runs"><Icon name="back" />{texts.back}</Link>}
          />
          <Card>
            {run.state === 'running' ? <RunProgress run={run} /> : (
              <p class="row">
                <Badge kind="ok" icon="check">{text.states.finished}</Badge>
                <span class="muted small">{text.started} {moment(run.started_at)}{run.finished_at && `, ${text.finished.toLowerCase()} ${moment(run.finished_at)}`}</span>
              </p>
            )}
            <Totals
              isSmall of={[
                { name: text.gross, value: money(run.gross_cents) }, { name: text.tax, value: money(run.tax_cents) },
                { name: text.claims, value: money(run.claims_cents) }, { name: text.zvw, value: money(run.zvw_cents) },
                { name: text.paid, value: count(run.paid) }, { name: text.leftOut, value: count(run.left_out) },
              ]}
            />
          </Card>
          <Card title={texts.leftOut}><LeftOut run={run} /></Card>
        </>
      )}
    </Loaded>
  );
}

export default function Run({ values: { run = '' } }: PageProps) {
  const { session: { role } } = useSession();
  return readersOfRuns.includes(role) ? <RunHere id={run} /> : <NotFound />;
}
