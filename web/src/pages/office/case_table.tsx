import type { components } from '../../api/office';
import { day, daysBetween, sortedName, today } from '../../lib/format';
import { weekNow } from '../../lib/weeks';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Link } from '../../ui/link';
import { Table } from '../../ui/table';
import { CaseTerm } from './case_term';

type ListedCase = components['schemas']['ListedCase'];

/** Who has the case: the whole row goes there, through one link. */
function Who({ one }: { one: ListedCase }) {
  return (
    <td>
      <Link href={`/cases/${one.case}`}>{sortedName(one)}</Link>
      {one.number !== null && <div class="muted small numbers">{one.number}</div>}
    </td>
  );
}
/** In which week somebody is, or that it is over. */
function Week({ one }: { one: ListedCase }) {
  const { office: { cases: text }, recovery } = useText();
  return (
    <td data-label={text.week} class="numbers">
      {one.recovered_from === null ? weekNow(one.first_sick_day) : <Badge kind="ok" icon="check">{recovery.badge(day(one.recovered_from))}</Badge>}
    </td>
  );
}
function Doctor({ one }: { one: ListedCase }) {
  const { office: { cases: text } } = useText();
  return <td>{one.doctor === null ? <Badge kind={one.recovered_from === null ? 'warn' : 'plain'} icon="clock">{text.noDoctor}</Badge> : <Badge kind="ok" icon="check">{text.hasDoctor}</Badge>}</td>;
}

/** Cases, a row each. */
export function CaseTable({ cases }: { cases: readonly ListedCase[] }) {
  const { office: { cases: text } } = useText();
  return (
    <Table heads={[text.name, text.firstSickDay, text.week, text.doctor]}>
      {cases.map((one) => (
        <tr key={one.case} class="linked">
          <Who one={one} />
          <td data-label={text.firstSickDay} class="numbers">{day(one.first_sick_day)}</td>
          <Week one={one} />
          <Doctor one={one} />
        </tr>
      ))}
    </Table>
  );
}

/** Cases of who works on them: what must be done first stands first. */
export function WorkTable({ cases }: { cases: readonly ListedCase[] }) {
  const { office: { cases: text, file } } = useText();
  const now = today();
  return (
    <Table heads={[text.name, text.nextStep, text.term, text.week, text.doctor]}>
      {cases.map((one) => (
        <tr key={one.case} class={one.next_step !== null && daysBetween(now, one.next_step.due) < 0 ? 'linked late' : 'linked'}>
          <Who one={one} />
          <td data-label={text.nextStep}>
            {one.next_step === null ? text.noNextStep : file.kinds[one.next_step.kind]}
            {one.next_step !== null && one.next_step.party !== 'administrator' && <div class="muted small">{text.waitsFor(file.parties[one.next_step.party] ?? '')}</div>}
          </td>
          <td data-label={text.term}>
            {one.next_step !== null && <div class="row"><CaseTerm due={one.next_step.due} /><span class="muted small numbers">{day(one.next_step.due)}</span></div>}
          </td>
          <Week one={one} />
          <Doctor one={one} />
        </tr>
      ))}
    </Table>
  );
}
