import { office } from '../../lib/api';
import { usePlace, withQuery } from '../../lib/router';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Tabs } from '../../ui/tabs';

export const views = ['all', 'late', 'this_week', 'waiting', 'without_doctor'] as const;
export type View = (typeof views)[number];
export const viewOf = (asked: string | null): View => views.find((one) => one === asked) ?? 'all';

/** The parts of the work, each with an address and how many cases it holds. */
export function CaseViews({ of, view }: { of: string; view: View }) {
  const { office: { cases: text } } = useText();
  const place = usePlace();
  const counts = useLoad((signal) => office.get('/api/v1/case-counts', { query: { of }, signal }), [of]);
  const count = (one: View): string => {
    if (!counts.data) return '';
    const { views: each, most_counted: most } = counts.data;
    return each[one] >= most ? `${most}+` : String(each[one]);
  };
  return (
    <Tabs
      label={text.views}
      tabs={views.map((one) => ({
        href: withQuery(place, { view: one === 'all' ? '' : one, after: '' }), isCurrent: one === view,
        label: <>{text.viewNames[one]} <span class="count numbers">{count(one)}</span></>,
      }))}
    />
  );
}
