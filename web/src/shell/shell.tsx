import { useSession } from '../lib/session';
import { useText } from '../text/use_text';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import type { ComponentChildren } from '#fw';
import { Brand } from './brand';
import { LanguageButton } from './language_button';
import type { Side } from './side';
import { SignOutButton } from './sign_out_button';

/** The top bar, the menu of the role, and the page. */
export function Shell({ side, path, children }: { side: Side; path: string; children: ComponentChildren }) {
  const text = useText();
  const { session, signOut } = useSession();
  const menu = side.menu.filter((item) => item.roles.includes(session.role));
  const unseen = session.unseen_notices;
  return (
    <>
      <a class="skip" href="#content">{text.shell.skip}</a>
      <header class="top-bar">
        <Brand side={side} />
        <LanguageButton />
        <Link href="/account" class="button quiet" current={path === '/account'}>
          <Icon name="person" /><span class="on-desk">{text.shell.profile}</span>
          {unseen > 0 && <span class="badge warn numbers">{unseen}<span class="visually-hidden"> {text.shell.notices}</span></span>}
        </Link>
        <SignOutButton onClick={signOut} />
      </header>
      <div class="frame">
        <nav class="side-nav" aria-label={text.shell.nav}>
          <ul>
            {menu.map((item) => (
              <li key={item.href}>
                <Link href={item.href} current={path === item.href || path.startsWith(`${item.href}/`)}>
                  <Icon name={item.icon} /><span>{item.label(text)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <main id="content" tabIndex={-1}>{children}</main>
      </div>
    </>
  );
}
