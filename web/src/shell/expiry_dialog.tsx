import { useSession } from '../lib/session';
import { useExpiry } from '../lib/expiry';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

/** Says that the session is about to end, and lets the user go on. What was typed stays where it is. */
export function ExpiryDialog() {
  const { expiry: text } = useText();
  const { session, reload, signOut } = useSession();
  const expiry = useExpiry(session);
  if (!expiry) return null;
  return (
    <Dialog title={text.title} onClose={() => { void reload(); }}>
      <p role="timer" aria-live="polite">{expiry.canExtend ? text.soon(Math.ceil(expiry.secondsLeft / 60)) : text.longest(Math.ceil(expiry.secondsLeft / 60))}</p>
      <div class="buttons">
        {expiry.canExtend && <Button kind="primary" onClick={() => { void reload(); }}>{text.extend}</Button>}
        <Button onClick={() => { void signOut(); }}>{text.signOut}</Button>
      </div>
    </Dialog>
  );
}
