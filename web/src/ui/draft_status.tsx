import { useTold, type Draft } from '../lib/draft';
import { timeOfDay } from '../lib/format';
import { useText } from '../text/use_text';

/** Whether what is typed is kept. Read aloud when that changes; not each time that it is kept again. */
export function DraftStatus({ draft }: { draft: Draft }) {
  const { drafts: text } = useText();
  const { state, savedAt, detail } = useTold(draft);
  return (
    <p class="draft-status muted small">
      <span role="status">{{ nothing: '', saved: text.saved, unsaved: text.unsaved, refused: detail || text.refused }[state]}</span>
      {state === 'saved' && savedAt !== undefined && <span> {text.at(timeOfDay(savedAt))}</span>}
    </p>
  );
}
