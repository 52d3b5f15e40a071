// What one of the two sides is made of: its pages and its menu.
import type { ComponentType } from '#fw';
import type { IconName } from '../ui/icon';
import type { Text } from '../text/nl';

export interface PageProps { values: Record<string, string> }
export interface Page {
  pattern: string;
  /** Loaded when somebody of this role goes there. */
  load: (role: string) => Promise<{ default: ComponentType<PageProps> }>;
}
export interface MenuItem {
  href: string;
  icon: IconName;
  label: (text: Text) => string;
  /** For whom it is in the menu. What is allowed the program decides; the menu only spares a detour. */
  roles: readonly string[];
}
export interface Side {
  name: 'office' | 'medical';
  pages: readonly Page[];
  menu: readonly MenuItem[];
  /** Where a role begins. */
  home: (role: string) => string;
}
