import { allPages } from '../../lib/all_pages';
import { medical } from '../../lib/api';
import { day, fullName, sortedName } from '../../lib/format';
import { useSession } from '../../lib/session';
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
import { Documents } from '../documents';
import { AbilitiesOfCase } from './abilities';
import { Consults } from './consults';
import { FileRequests } from './file_requests';
import { Letters } from './letters';
import { ReportRecovery } from './report_recovery';

/** The own cases that have what was typed in their name, by name and first day. */
async function findCases(typed: string, signal: AbortSignal) {
  const cases = await allPages(async (after) => {
    const page = await medical.get('/api/v1/cases', { query: { after }, signal });
    return { items: page.cases, next: page.next };
  });
  const options = cases.map((one) => ({ value: one.case, label: `${sortedName(one.person)}, ${day(one.first_sick_day)}` }));
  return options.filter((one) => one.label.toLowerCase().includes(typed.trim().toLowerCase()));
}

/** One medical file: who, and what the doctor wrote, sent and kept. */
export default function CaseFile({ values: { case: id = '', tab = 'consults' } }: PageProps) {
  const { medical: { file: text } } = useText();
  const file = useLoad((signal) => medical.get('/api/v1/cases/{case}', { path: { case: id }, signal }), [id]);
  const { session: { role } } = useSession();
  const parts = ['consults', 'abilities', 'letters', 'documents'] as const;
  if (!parts.some((part) => part === tab)) return <NotFound />;
  return (
    <Loaded of={file} rows={6}>
      {({ person, first_sick_day: since, recovered_from: recoveredFrom }) => (
        <>
          <PageHead
            title={fullName(person)}
            intro={[text.born(day(person.birth_date)), text.bsn(person.bsn), ...(person.phone ? [text.phone(person.phone)] : []), text.ill(day(since), weekNow(since))].join(', ')}
            back={<Link class="back" href="/cases"><Icon name="back" />{text.back}</Link>}
          />
          <p class="row muted small"><Icon name="lock" />{text.locked}</p>
          {['company_doctor', 'insurance_doctor'].includes(role) && <FileRequests id={id} />}
          {role === 'company_doctor' && <ReportRecovery id={id} recoveredFrom={recoveredFrom} reload={file.reload} />}
          <Tabs
            label={text.parts}
            tabs={parts.map((part) => ({ href: part === 'consults' ? `/cases/${id}` : `/cases/${id}/${part}`, label: text.tabs[part], isCurrent: tab === part }))}
          />
          {tab === 'consults' && <Consults id={id} />}
          {tab === 'abilities' && <AbilitiesOfCase id={id} />}
          {tab === 'letters' && <Letters id={id} />}
          {tab === 'documents' && <Documents caseId={id} mayAdd={['company_doctor', 'insurance_doctor', 'delegated_staff']} findCases={findCases} />}
        </>
      )}
    </Loaded>
  );
}
