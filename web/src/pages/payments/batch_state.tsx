import type { components } from '../../api/office';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';

export type Batch = components['schemas']['PaymentBatch'];
const looks = {
  preparing: ['warn', 'clock'], prepared: ['warn', 'lock'], released: ['ok', 'check'], cancelled: ['plain', 'back'],
} as const;

/** Where a batch stands; while it waits, also how many released it. */
export function BatchState({ batch }: { batch: Batch }) {
  const { payments: { batches: text } } = useText();
  const [kind, icon] = looks[batch.state];
  return (
    <div class="row">
      <Badge kind={kind} icon={icon}>{text.states[batch.state]}</Badge>
      {batch.state === 'prepared' && <span class="muted small numbers">{text.releasedBy(batch.releases.length)}</span>}
    </div>
  );
}
