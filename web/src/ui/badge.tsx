import type { ComponentChildren } from '#fw';
import { Icon, type IconName } from './icon';

/** A short state, in words: colour alone tells nothing. */
export function Badge({ kind = 'plain', icon, children }: { kind?: 'plain' | 'bad' | 'warn' | 'ok'; icon?: IconName; children: ComponentChildren }) {
  return <span class={`badge ${kind}`}>{icon && <Icon name={icon} />}<span>{children}</span></span>;
}
