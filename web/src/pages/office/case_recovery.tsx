import type { components } from '../../api/office';
import { day, moment } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';

/** That somebody is well again, who said so and when; nothing while somebody is ill. */
export function CaseRecovery({ recovery }: { recovery: components['schemas']['Case']['recovery'] }) {
  const { recovery: text } = useText();
  if (!recovery?.first_fit_day) return null;
  return <Alert kind="ok"><p>{text.reported(day(recovery.first_fit_day), text.by[recovery.by] ?? '', moment(recovery.reported_at))}</p></Alert>;
}
