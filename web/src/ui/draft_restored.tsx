import { useTold, type Draft } from '../lib/draft';
import { recently } from '../lib/format';
import { useText } from '../text/use_text';
import { Alert } from './alert';
import { Button } from './button';

/** Says that a form is filled in with what was typed earlier, and lets begin anew. */
export function DraftRestored({ draft }: { draft: Draft }) {
  const { drafts: text } = useText();
  const { restored } = useTold(draft);
  if (restored === undefined) return null;
  return (
    <Alert kind="info">
      <p>{text.restored(recently(restored))}</p>
      <Button onClick={() => draft.discard()}>{text.discard}</Button>
    </Alert>
  );
}
