import { office } from '../../lib/api';
import { searchOf } from '../../lib/case_search';
import { fullName, sortedName } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useLoad } from '../../lib/use_load';
import { weekNow } from '../../lib/weeks';
import { NotFound } from '../../shell/not_found';
import type { PageProps } from '../../shell/side';
import { useBenefitText } from '../../text/use_benefit_text';
import { useText } from '../../text/use_text';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Tabs } from '../../ui/tabs';
import { CaseBenefit } from './benefit/case_benefit';
import { FactsPage } from './benefit/facts_page';
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

const everybody = ['overview', 'letters', 'documents'];
/** The parts of a case for who sees others than everybody: what a role may not read, its page does not ask for. */
const partsOf: Record<string, readonly string[]> = {
  case_manager: [...everybody, 'benefit'],
  benefit_specialist: ['overview', 'benefit', 'documents'],
};

/** One case: who, how far in the 104 weeks, what is to be done, and what came of it. */
export default function CaseFile({ values: { case: id = '', tab = 'overview' } }: PageProps) {
  const { office: { file: text } } = useText();
  const { benefit } = useBenefitText();
  const { session } = useSession();
  const file = useLoad((signal) => office.get('/api/v1/cases/{case}', { path: { case: id }, signal }), [id]);
  const doctors = useDoctors(tab === 'overview');
  const { change, isOld } = useCaseChange(file.data, file.reload);
  const at = (part: string) => (part === 'overview' ? `/cases/${id}` : `/cases/${id}/${part}`);
  const parts = partsOf[session.role] ?? everybody;
  const labels: Record<string, string> = { ...text.tabs, benefit: benefit.tab };
  // The form of a benefit stands under its tab, at an address of its own.
  const isFacts = tab === 'benefit-facts' && session.role === 'benefit_specialist';
  const current = isFacts ? 'benefit' : tab;
  if (!parts.includes(current)) return <NotFound />;
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
          <Tabs label={text.parts} tabs={parts.map((part) => ({ href: at(part), label: labels[part], isCurrent: current === part }))} />
          {tab === 'letters' && <CaseLetters id={id} />}
          {tab === 'documents' && <Documents caseId={id} mayAdd={['case_manager']} findCases={findCases} />}
          {tab === 'benefit' && <CaseBenefit id={id} />}
          {isFacts && <FactsPage id={id} firstSickDay={one.first_sick_day} />}
          {tab === 'overview' && <CaseOverview file={one} doctors={doctors} change={change} />}
        </>
      )}
    </Loaded>
  );
}
