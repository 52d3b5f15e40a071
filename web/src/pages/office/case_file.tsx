import { office } from '../../lib/api';
import { searchOf } from '../../lib/case_search';
import { fullName, sortedName } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { weekNow } from '../../lib/weeks';
import { NotFound } from '../../shell/not_found';
import type { PageProps } from '../../shell/side';
import { useText } from '../../text/use_text';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Tabs } from '../../ui/tabs';
import { ChangedNotice, useCaseChange } from './case_change';
import { useDoctors } from './case_doctor';
import { CaseLetters } from './case_letters';
import { CaseOverview } from './case_overview';
import { CaseRecovery } from './case_recovery';
import { CaseWeeks } from './case_weeks';
import { Documents } from '../documents';

/** The own cases that fit what was typed, by number and name; the first of them all when nothing was, or not enough. */
async function findCases(typed: string, signal: AbortSignal) {
  const search = searchOf(typed);
  const { cases } = await (typeof search === 'string'
    ? office.get('/api/v1/cases', { query: { view: 'all' }, signal })
    : office.post('/api/v1/cases/search', search, { signal }));
  return cases.map((one) => ({ value: one.case, label: [...(one.number === null ? [] : [one.number]), sortedName(one)].join(', ') }));
}

/** One case: who, how far in the 104 weeks, what is to be done, and what came of it. */
export default function CaseFile({ values: { case: id = '', tab = 'overview' } }: PageProps) {
  const { office: { file: text } } = useText();
  const file = useLoad((signal) => office.get('/api/v1/cases/{case}', { path: { case: id }, signal }), [id]);
  const doctors = useDoctors(tab === 'overview');
  const { change, isOld } = useCaseChange(file.data, file.reload);
  const at = (part: string) => (part === 'overview' ? `/cases/${id}` : `/cases/${id}/${part}`);
  const parts = ['overview', 'letters', 'documents'] as const;
  if (!parts.some((part) => part === tab)) return <NotFound />;
  return (
    <Loaded of={file} rows={6}>
      {(one) => (
        <>
          <PageHead
            title={fullName(one.person)} intro={[...(one.number === null ? [] : [one.number]), text.weekOf(weekNow(one.first_sick_day))].join(', ')}
            back={<Link class="back" href="/cases"><Icon name="back" />{text.back}</Link>}
          />
          {isOld && <ChangedNotice onReload={file.reload} />}
          <CaseRecovery recovery={one.recovery} />
          <CaseWeeks firstSickDay={one.first_sick_day} deadlines={one.deadlines} />
          <Tabs label={text.parts} tabs={parts.map((part) => ({ href: at(part), label: text.tabs[part], isCurrent: tab === part }))} />
          {tab === 'letters' && <CaseLetters id={id} />}
          {tab === 'documents' && <Documents caseId={id} mayAdd={['case_manager']} findCases={findCases} />}
          {tab === 'overview' && <CaseOverview file={one} doctors={doctors} change={change} />}
        </>
      )}
    </Loaded>
  );
}
