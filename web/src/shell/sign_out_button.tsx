import { useText } from '../text/use_text';
import { Icon } from '../ui/icon';

/** On every page of who is signed in (OWASP ASVS 5, 7.4.4). A phone shows the drawing alone. */
export function SignOutButton({ onClick }: { onClick: () => Promise<void> }) {
  const { shell } = useText();
  return (
    <button type="button" class="button quiet" onClick={() => { void onClick(); }}>
      <Icon name="leave" /><span class="on-desk">{shell.signOut}</span>
    </button>
  );
}
