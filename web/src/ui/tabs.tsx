import type { ComponentChildren } from '#fw';
import { Link } from './link';

/** The parts of one thing, each with an address of its own. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly { href: string; label: ComponentChildren; isCurrent: boolean }[] }) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => <Link key={tab.href} href={tab.href} current={tab.isCurrent}>{tab.label}</Link>)}
    </nav>
  );
}
