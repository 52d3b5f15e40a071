import type { ComponentChildren } from '#fw';
import { LanguageButton } from './language_button';
import { Brand } from './brand';
import type { Side } from './side';

/** A page without a menu: there is no session yet, or something has to be done first. */
export function Alone({ side, children, corner }: { side: Side; children: ComponentChildren; corner?: ComponentChildren }) {
  return (
    <div class="alone">
      <header class="top-bar">
        <Brand side={side} />
        <LanguageButton />
        {corner}
      </header>
      <main id="content">{children}</main>
    </div>
  );
}
