// Changing a case that somebody else may be changing too: what is sent says which version was seen.
import { useEffect, useRef, useState } from '#fw';
import type { components } from '../../api/office';
import { office, Refused } from '../../lib/api';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';

type Case = components['schemas']['Case'];

/** Sends a change with the header that names the version, and shows what came of it. */
export type Change = (send: (headers: Record<string, string>) => Promise<unknown>) => Promise<void>;

const lookAgainAfter = 15_000;

/** How the case is changed here, and whether somebody else did so meanwhile: asked again when somebody comes back to the page. */
export function useCaseChange(file: Case | undefined, reload: () => void): { change: Change; isOld: boolean } {
  const [oldVersion, setOldVersion] = useState<number | null>(null);
  const lookedAt = useRef(0);
  useEffect(() => { lookedAt.current = Date.now(); }, [file]);
  useEffect(() => {
    if (!file) return undefined;
    const look = async () => {
      if (document.visibilityState !== 'visible' || Date.now() - lookedAt.current < lookAgainAfter) return;
      lookedAt.current = Date.now();
      const now = await office.get('/api/v1/cases/{case}', { path: { case: file.case } }).catch(() => file);
      if (now.version !== file.version) setOldVersion(file.version);
    };
    const onChange = () => { void look(); };
    document.addEventListener('visibilitychange', onChange);
    window.addEventListener('focus', onChange);
    return () => {
      document.removeEventListener('visibilitychange', onChange);
      window.removeEventListener('focus', onChange);
    };
  }, [file]);
  const change: Change = async (send) => {
    if (!file) return;
    try {
      await send({ 'If-Match': `"${file.version}"` });
    } catch (error) {
      if (error instanceof Refused && error.problem.code === 'changed_meanwhile') setOldVersion(file.version);
      throw error;
    }
    reload();
  };
  return { change, isOld: file !== undefined && oldVersion === file.version };
}

/** Somebody else changed it: what is typed here stays until the newest is asked for. */
export function ChangedNotice({ onReload }: { onReload: () => void }) {
  const { office: { file: text } } = useText();
  return (
    <Alert kind="warn">
      <p>{text.changedByOther}</p>
      <Button onClick={onReload}>{text.showNewest}</Button>
    </Alert>
  );
}
