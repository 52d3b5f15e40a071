import { useEffect, useState } from '#fw';
import { medical } from '../../lib/api';
import { day } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { RecoveryDialog } from '../recovery_dialog';

/** The office answers within a moment; each look is a line in the log. */
const looksAgainAfter = 1_500;
const mostLooks = 4;

/** The doctor reports that somebody is well again, or takes it back; what the office made of it shows when it has answered. */
export function ReportRecovery({ id, recoveredFrom, reload }: { id: string; recoveredFrom: string | null; reload: () => void }) {
  const { recovery: { doctor: text, otherDay } } = useText();
  const [asked, setAsked] = useState<'report' | 'take_back' | null>(null);
  const [isSent, setIsSent] = useState(false);
  const close = () => setAsked(null);
  useEffect(() => { setIsSent(false); }, [recoveredFrom]);
  useEffect(() => {
    if (!isSent) return undefined;
    let looks = 0;
    const later = setInterval(() => {
      reload();
      looks += 1;
      if (looks === mostLooks) clearInterval(later);
    }, looksAgainAfter);
    return () => clearInterval(later);
  }, [isSent]);
  const report = async (first_fit_day: string | null) => {
    await medical.post('/api/v1/cases/{case}/recovery', { first_fit_day }, { path: { case: id } });
    setIsSent(true);
  };
  return (
    <Card title={text.title}>
      {isSent && <Alert kind="info">{text.sent}</Alert>}
      <p>{recoveredFrom === null ? text.ill : text.recovered(day(recoveredFrom))}</p>
      <div class="buttons">
        <Button onClick={() => setAsked('report')}>{recoveredFrom === null ? text.report : otherDay}</Button>
        {recoveredFrom !== null && <Button kind="quiet" onClick={() => setAsked('take_back')}>{text.takeBack}</Button>}
      </div>
      {asked === 'report' && <RecoveryDialog action={recoveredFrom === null ? text.report : otherDay} why={text.reportWhy} onReport={report} onClose={close} />}
      {asked === 'take_back' && <Confirm title={text.takeBackTitle} why={text.takeBackWhy} action={text.takeBack} onConfirm={() => report(null)} onClose={close} />}
    </Card>
  );
}
