import { usePlace, withQuery } from '../lib/router';
import { useText } from '../text/use_text';
import { Link } from './link';

/** To the page behind this one, and back to the first. Where one is stands in the address. */
export function Pager({ next }: { next: string | null }) {
  const { states } = useText();
  const place = usePlace();
  const isFirst = !place.query.get('after');
  if (isFirst && next === null) return null;
  return (
    <div class="row">
      {!isFirst && <Link class="button" href={withQuery(place, { after: '' })}>{states.first}</Link>}
      {next !== null && <Link class="button" href={withQuery(place, { after: next })}>{states.more}</Link>}
    </div>
  );
}
