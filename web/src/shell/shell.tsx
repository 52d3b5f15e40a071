import { useCallback, useState, type ComponentChildren } from '#fw';
import { useKeys } from '../lib/keys';
import { useSession } from '../lib/session';
import { useSpeech } from '../text/use_text';
import { Icon } from '../ui/icon';
import { Link } from '../ui/link';
import { Brand } from './brand';
import { ExpiryDialog } from './expiry_dialog';
import { KeysHelp } from './keys_help';
import { LanguageButton } from './language_button';
import { goingTo, Palette } from './palette';
import type { Side } from './side';
import { SignOutButton } from './sign_out_button';

/** The top bar, the menu of the role, and the page. */
export function Shell({ side, path, children }: { side: Side; path: string; children: ComponentChildren }) {
  const { text, choose } = useSpeech();
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const close = useCallback(() => setOpen(null), []);
  useKeys({ openPalette: useCallback(() => setOpen('palette'), []), openHelp: useCallback(() => setOpen('help'), []) });
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
      <ExpiryDialog />
      {open === 'help' && <KeysHelp onClose={close} />}
      {open === 'palette' && (
        <Palette
          onClose={close}
          commands={[
            ...menu.map((item) => goingTo(item.label(text), item.icon, item.href)),
            goingTo(text.shell.profile, 'person', '/account'),
            { label: text.palette.otherLanguage, icon: 'letter', run: () => choose(text.language.otherCode) },
            { label: text.palette.keys, icon: 'key', run: () => setOpen('help') },
            { label: text.shell.signOut, icon: 'leave', run: () => { void signOut(); } },
          ]}
        />
      )}
    </>
  );
}
