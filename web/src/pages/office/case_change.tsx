// Changing a case that somebody else may be changing too.
import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { useChange, type Change } from '../../lib/use_change';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';

type Case = components['schemas']['Case'];
export type { Change };

/** How the case is changed here, and whether somebody else did so meanwhile. */
export const useCaseChange = (file: Case | undefined, reload: () => void): { change: Change; isOld: boolean } =>
  useChange(file, (seen) => office.get('/api/v1/cases/{case}', { path: { case: seen.case } }), reload);

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
