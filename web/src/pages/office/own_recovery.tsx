import { useState } from '#fw';
import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { day, moment } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Loaded } from '../../ui/loaded';
import { RecoveryDialog } from '../recovery_dialog';
import type { Change } from './case_change';

type Case = components['schemas']['Case'];
type Recovery = components['schemas']['Recovery'];

/** A client reports to be well again, sees what was reported, and takes it back as long as that goes. */
export function OwnRecovery({ file, change }: { file: Case; change: Change }) {
  const { recovery: { own: text, otherDay } } = useText();
  const found = useLoad((signal) => office.get('/api/v1/cases/{case}/recovery', { path: { case: file.case }, signal }), [file.case, file.version]);
  const [asked, setAsked] = useState<'report' | 'take_back' | null>(null);
  const close = () => setAsked(null);
  const report = async (first_fit_day: string | null) => {
    await change((headers) => office.post('/api/v1/cases/{case}/recovery', { first_fit_day }, { path: { case: file.case }, headers }));
  };
  const { recovery } = file;
  return (
    <Card title={recovery === null ? text.title : text.recoveredTitle}>
      <Loaded of={found} rows={1}>
        {({ recoveries, client_changes_until: until }) => (
          <>
            {recovery === null && <p>{text.means}</p>}
            {recovery?.first_fit_day && (
              <>
                <p>{(recovery.by === 'client' ? text.byYou : text.byDoctor)(day(recovery.first_fit_day), moment(recovery.reported_at))}</p>
                <p class="muted">{recovery.by !== 'client' ? text.disagree : until === null ? text.tooLate : text.until(day(until))}</p>
              </>
            )}
            <div class="buttons">
              {recovery === null && <Button kind="primary" icon="check" onClick={() => setAsked('report')}>{text.report}</Button>}
              {until !== null && (
                <>
                  <Button onClick={() => setAsked('take_back')}>{text.takeBack}</Button>
                  <Button kind="quiet" onClick={() => setAsked('report')}>{otherDay}</Button>
                </>
              )}
            </div>
            <Earlier reports={recovery === null ? recoveries : recoveries.slice(1)} />
          </>
        )}
      </Loaded>
      {asked === 'report' && <RecoveryDialog action={recovery === null ? text.report : otherDay} why={text.means} onReport={report} onClose={close} />}
      {asked === 'take_back' && <Confirm title={text.takeBackTitle} why={text.takeBackWhy} action={text.takeBack} onConfirm={() => report(null)} onClose={close} />}
    </Card>
  );
}

/** What was reported before, newest first. */
function Earlier({ reports }: { reports: readonly Recovery[] }) {
  const { recovery: { own: text } } = useText();
  if (reports.length === 0) return null;
  return (
    <details>
      <summary>{text.earlier(reports.length)}</summary>
      <ul class="things">
        {reports.map((one) => (
          <li key={one.reported_at}>{one.first_fit_day === null ? text.tookBack(moment(one.reported_at)) : text.said(day(one.first_fit_day), moment(one.reported_at))}</li>
        ))}
      </ul>
    </details>
  );
}
