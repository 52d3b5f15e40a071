import type { ComponentChildren } from '#fw';
import { Icon } from './icon';

/** Something to know. What went wrong is read aloud at once, the rest when there is time. */
export function Alert({ kind, children }: { kind: 'bad' | 'warn' | 'ok' | 'info'; children: ComponentChildren }) {
  return (
    <div class={`alert ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <Icon name={kind === 'ok' ? 'check' : 'alert'} />
      <div>{children}</div>
    </div>
  );
}
