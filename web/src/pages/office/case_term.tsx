import { daysBetween, today } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';

/** How much time there is, in words: colour alone tells nobody anything. */
export function CaseTerm({ due }: { due: string }) {
  const { office: { file: text } } = useText();
  const days = daysBetween(today(), due);
  if (days < 0) return <Badge kind="bad" icon="alert">{text.lateDays(-days)}</Badge>;
  if (days === 0) return <Badge kind="warn" icon="clock">{text.todayDue}</Badge>;
  return <Badge kind={days <= 14 ? 'warn' : 'ok'} icon="clock">{text.inDays(days)}</Badge>;
}
