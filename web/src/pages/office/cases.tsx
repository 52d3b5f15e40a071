import { useState } from '#fw';
import { office } from '../../lib/api';
import type { Search } from '../../lib/case_search';
import { usePlace } from '../../lib/router';
import { useSession } from '../../lib/session';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Pager } from '../../ui/pager';
import { CaseSearch } from './case_search';
import { CaseTable, WorkTable } from './case_table';
import { CaseViews, viewOf } from './case_views';
import { WhoseCases } from '../whose_cases';

const searchers = ['case_manager', 'employer', 'benefit_specialist'];

/** The work list: the cases that are the user's to see, or those of one citizen. */
export default function Cases() {
  const { office: { cases: text } } = useText();
  const { session: { role } } = useSession();
  const { query } = usePlace();
  const after = query.get('after') ?? '';
  const of = query.get('of') ?? '';
  const view = viewOf(query.get('view'));
  const isWork = role === 'case_manager';
  // Who somebody is stands in no address: what was searched for is forgotten with the page.
  const [search, setSearch] = useState<Search | null>(null);
  const page = useLoad((signal) => (search === null
    ? office.get('/api/v1/cases', { query: { after, of, view: isWork ? view : '' }, signal })
    : office.post('/api/v1/cases/search', search, { query: { of }, signal })), [after, of, view, search]);
  const title = role === 'employer' ? text.titleOfEmployer : text.title;
  return (
    <>
      <PageHead title={title} />
      <div class="stack">
        {isWork && <WhoseCases of={of} />}
        {searchers.includes(role) && <CaseSearch isSearched={search !== null} onSearch={setSearch} />}
        {isWork && search === null && <CaseViews of={of} view={view} />}
        <Loaded of={page} rows={8}>
          {({ cases, next }) => (
            <>
              {cases.length > 0 && (
                <p class="muted small" role="status">{search === null ? isWork ? text.countWork(cases.length, next !== null) : text.count(cases.length, next !== null) : text.found(cases.length)}</p>
              )}
              {cases.length > 0 && (isWork ? <WorkTable cases={cases} /> : <CaseTable cases={cases} />)}
              {cases.length === 0 && <Empty><p>{search !== null ? text.noneFound : view === 'all' || !isWork ? text.none : text.noneInView}</p></Empty>}
              <Pager next={next} />
            </>
          )}
        </Loaded>
      </div>
    </>
  );
}
