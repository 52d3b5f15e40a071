import type { ComponentChildren } from '#fw';
import { Icon, type IconName } from './icon';

/** There is nothing, and what one could do. */
export function Empty({ icon = 'inbox', children }: { icon?: IconName; children: ComponentChildren }) {
  return <div class="empty"><Icon name={icon} /><div>{children}</div></div>;
}
