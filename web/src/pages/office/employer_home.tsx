import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { count, month, percent } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Table } from '../../ui/table';
import { AbsenceChart } from './absence_chart';
import { Headcounts } from './headcounts';

type Figure = components['schemas']['AbsenceFigure'];

/** Where an employer begins: who is ill now, and how much of the time people were ill. */
export default function EmployerHome() {
  const { office: { figures: text } } = useText();
  const figures = useLoad((signal) => office.get('/api/v1/absence-figures', { signal }), []);
  return (
    <>
      <PageHead title={text.title} />
      <Loaded of={figures} rows={6}>
        {({ ill_now: ill, months }) => (
          <>
            <Card title={text.illNow}>
              <p class="total">{text.people(ill)}</p>
              <Link href="/cases">{text.toCases}</Link>
            </Card>
            <Absence months={months} />
            <Headcounts months={months} reload={figures.reload} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** The chart, and the same in words. */
function Absence({ months }: { months: readonly Figure[] }) {
  const { office: { figures: text } } = useText();
  const newest = months.findLast((one) => one.tenths_of_percent !== null);
  return (
    <Card title={text.chart}>
      <p class="muted">{text.means}</p>
      <AbsenceChart months={months} label={newest ? text.summary(percent(newest.tenths_of_percent ?? 0), month(newest.month)) : text.noFigures} />
      {months.some((one) => one.withheld === 'group_too_small') && <p class="muted small">{text.smallGroup}</p>}
      <details>
        <summary>{text.table}</summary>
        <Table heads={[text.month, text.employees, text.percentage]}>
          {months.toReversed().map((one) => (
            <tr key={one.month}>
              <td class="numbers">{month(one.month)}</td>
              <td data-label={text.employees} class="numbers">{one.employees === null ? text.notFilledIn : count(one.employees)}</td>
              <td data-label={text.percentage} class="numbers">
                {one.tenths_of_percent !== null ? percent(one.tenths_of_percent) : <span class="muted">{text.withheld[one.withheld ?? '']}</span>}
              </td>
            </tr>
          ))}
        </Table>
      </details>
    </Card>
  );
}
