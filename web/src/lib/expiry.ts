// When the session will end by itself: each answer moves that on, up to its longest.
import { useEffect, useState } from '#fw';
import type { Session } from './session';

/** Warned this long before, so that there is time to read and to answer (WCAG 2.2.1 asks for 20 seconds at least). */
const warnedBefore = 120_000;
const lookedAtEvery = 5_000;

/** The clock of the program: that of a computer at home may be wrong. */
const programClock = { ahead: 0 };
const now = (): number => Date.now() + programClock.ahead;
let lastAnswer = 0;

/** Told of every answer to who is signed in, by the time that stands on it. */
export function heard(date: string | null): void {
  const at = Date.parse(date ?? '');
  if (!Number.isNaN(at)) programClock.ahead = at - Date.now();
  lastAnswer = now();
}

export interface Expiry { secondsLeft: number; canExtend: boolean }

/** What to warn of, if anything. */
export function useExpiry(session: Session): Expiry | null {
  const [expiry, setExpiry] = useState<Expiry | null>(null);
  useEffect(() => {
    const idle = session.idle_seconds * 1000;
    const longest = Date.parse(session.ends_at);
    const look = () => {
      const left = Math.min(lastAnswer + idle, longest) - now();
      setExpiry(left <= warnedBefore ? { secondsLeft: Math.max(0, Math.round(left / 1000)), canExtend: longest - now() > warnedBefore } : null);
    };
    look();
    const clock = setInterval(look, lookedAtEvery);
    return () => clearInterval(clock);
  }, [session]);
  return expiry;
}
