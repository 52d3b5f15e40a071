import type { ComponentChildren } from '#fw';
import { Refused, Unreachable } from '../lib/api';
import type { Load } from '../lib/use_load';
import { useText } from '../text/use_text';
import { Alert } from './alert';
import { Button } from './button';

/** What to tell of what went wrong. */
export function useWords() {
  const { states } = useText();
  return (error: unknown, changed = false): string => {
    if (error instanceof Refused && error.fields.length > 0) return error.fields.map((one) => one.detail).join(' ');
    if (error instanceof Refused) return error.problem.title || states.failed;
    if (error instanceof Unreachable) return changed ? states.maybeDone : states.unreachable;
    return states.failed;
  };
}

/** The data when it is there; before that the shape of what will come; what to do when it does not come. */
export function Loaded<T>({ of, rows = 3, children }: { of: Load<T>; rows?: number; children: (data: T) => ComponentChildren }) {
  const { states } = useText();
  const words = useWords();
  if (of.data !== undefined) return <div class="stack" aria-busy={of.isLoading}>{children(of.data)}</div>;
  if (of.isLoading) {
    return (
      <div class="skeleton" role="status">
        <span class="visually-hidden">{states.loading}</span>
        {Array.from({ length: rows }, (_, i) => <div class="skeleton-row" key={i} />)}
      </div>
    );
  }
  return (
    <Alert kind="bad">
      <p>{words(of.error)}</p>
      <Button onClick={of.reload}>{states.retry}</Button>
    </Alert>
  );
}
