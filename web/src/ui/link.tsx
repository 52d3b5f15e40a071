import type { ComponentChildren } from '#fw';
import { go } from '../lib/router';

interface Props {
  href: string;
  children: ComponentChildren;
  class?: string;
  current?: boolean;
  label?: string;
}

/** A link to another page of this side. Opens in another tab as any link does. */
export function Link({ href, children, class: className, current = false, label }: Props) {
  return (
    <a
      href={href} class={className} aria-current={current ? 'page' : undefined} aria-label={label}
      onClick={(event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(href);
      }}
    >
      {children}
    </a>
  );
}
