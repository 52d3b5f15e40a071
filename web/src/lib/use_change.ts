// Changing what somebody else may be changing too: what is sent says which version was seen.
import { useEffect, useRef, useState } from '#fw';
import { Refused } from './api';

/** Sends a change with the header that names the version, and shows what came of it. */
export type Change = (send: (headers: Record<string, string>) => Promise<unknown>) => Promise<void>;

export const isChangedMeanwhile = (error: unknown): boolean => error instanceof Refused && error.problem.code === 'changed_meanwhile';
const lookAgainAfter = 15_000;

/** How something is changed here, and whether somebody else did so meanwhile: asked again when somebody comes back to the page. */
export function useChange<T extends { version: number }>(seen: T | undefined, ask: (seen: T) => Promise<T>, reload: () => void): { change: Change; isOld: boolean } {
  const [oldVersion, setOldVersion] = useState<number | null>(null);
  const lookedAt = useRef(0);
  useEffect(() => { lookedAt.current = Date.now(); }, [seen]);
  useEffect(() => {
    if (!seen) return undefined;
    const look = async () => {
      if (document.visibilityState !== 'visible' || Date.now() - lookedAt.current < lookAgainAfter) return;
      lookedAt.current = Date.now();
      const now = await ask(seen).catch(() => seen);
      if (now.version !== seen.version) setOldVersion(seen.version);
    };
    const onChange = () => { void look(); };
    document.addEventListener('visibilitychange', onChange);
    window.addEventListener('focus', onChange);
    return () => {
      document.removeEventListener('visibilitychange', onChange);
      window.removeEventListener('focus', onChange);
    };
  }, [seen]);
  const change: Change = async (send) => {
    if (!seen) return;
    try {
      await send({ 'If-Match': `"${seen.version}"` });
    } catch (error) {
      if (isChangedMeanwhile(error)) setOldVersion(seen.version);
      throw error;
    }
    reload();
  };
  return { change, isOld: seen !== undefined && oldVersion === seen.version };
}
