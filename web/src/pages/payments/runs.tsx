import { useEffect, useState } from '#fw';
import { office } from '../../lib/api';
import { count, day, moment, money } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useAgain } from '../../lib/use_again';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Empty } from '../../ui/empty';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Table } from '../../ui/table';
import { RunProgress, type PayRun } from './run_progress';
import { StartRun } from './start_run';
import { useWeekName } from './week_name';

/** Who may see which cases a run left out. */
export const readersOfRuns = ['benefit_specialist', 'payments'];

function RunRow({ run }: { run: PayRun }) {
  const { payments: { runs: text } } = useText();
  const { session: { role } } = useSession();
  const week = useWeekName().atBegin(run.week);
  const isLinked = readersOfRuns.includes(role);
  return (
    <tr class={isLinked ? 'linked' : undefined}>
      <td>
        {isLinked ? <Link href={`/runs/${run.run}`}>{week}</Link> : <strong>{week}</strong>}
        <div class="muted small numbers">{text.number(run.number)}, {moment(run.started_at)}</div>
      </td>
      <td data-label={text.payDay} class="numbers">{day(run.pay_day)}</td>
      <td><Badge kind={run.state === 'finished' ? 'ok' : 'warn'} icon={run.state === 'finished' ? 'check' : 'clock'}>{text.states[run.state]}</Badge></td>
      <td data-label={text.gross} class="amount">{money(run.gross_cents)}</td>
      <td data-label={text.tax} class="amount">{money(run.tax_cents)}</td>
      <td data-label={text.claims} class="amount">{money(run.claims_cents)}</td>
      <td data-label={text.zvw} class="amount">{money(run.zvw_cents)}</td>
      <td data-label={text.paid} class="amount">{count(run.paid)}</td>
      <td data-label={text.leftOut} class="amount">{run.left_out > 0 ? <Badge kind="warn" icon="alert">{count(run.left_out)}</Badge> : 0}</td>
    </tr>
  );
}

/** The newest pay runs, and how far the one is that goes on. */
export default function Runs() {
  const { payments: { runs: text } } = useText();
  const { session: { role } } = useSession();
  const week = useWeekName();
  const list = useLoad((signal) => office.get('/api/v1/pay-runs', { signal }), []);
  const [isStarting, setIsStarting] = useState(false);
  // The run of which the end is to be told: one that was seen going on here.
  const [watched, setWatched] = useState<string | null>(null);
  const going = list.data?.runs.find((one) => one.state === 'running');
  const ended = list.data?.runs.find((one) => one.run === watched && one.state === 'finished');
  useAgain(list, going !== undefined);
  useEffect(() => { if (going) setWatched(going.run); }, [going?.run]);
  const starts = role === 'benefit_specialist';
  const amount = (name: string) => <span class="amount">{name}</span>;
  return (
    <>
      <PageHead title={text.title} intro={text.intro}>
        {starts && <Button kind="primary" icon="plus" onClick={() => setIsStarting(true)}>{text.start}</Button>}
      </PageHead>
      <Loaded of={list} rows={6}>
        {({ runs }) => (
          <>
            {going && <Card><RunProgress run={going} /></Card>}
            {ended && <Alert kind={ended.left_out > 0 ? 'warn' : 'ok'}><p><strong>{text.done(week.short(ended.week))}</strong> {text.doneCounts(count(ended.paid), count(ended.left_out))}</p></Alert>}
            {runs.length === 0 && <Card><Empty icon="rounds"><p>{starts ? text.noneForStarter : text.none}</p></Empty></Card>}
            {runs.length > 0 && (
              <Table isDense heads={[text.week, text.payDay, text.state, ...[text.gross, text.tax, text.claims, text.zvw, text.paid, text.leftOut].map(amount)]}>
                {runs.map((run) => <RunRow key={run.run} run={run} />)}
              </Table>
            )}
          </>
        )}
      </Loaded>
      {isStarting && (
        <StartRun
          onClose={() => setIsStarting(false)}
          onStarted={(run) => {
            setIsStarting(false);
            setWatched(run);
            list.reload();
          }}
        />
      )}
    </>
  );
}
