import { csvRows } from '../../lib/csv';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Table } from '../../ui/table';
import { Totals } from '../../ui/totals';
import type { Imported } from './import_reports';

const shownRejects = 50;

/** Gives the browser a file to keep. */
function keep(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** What became of the rows of a file, or what would. */
export function ImportResult({ result }: { result: Imported }) {
  const { office: { imports: text } } = useText();
  const rejects = csvRows(result.rejects_csv).slice(1);
  const totals = [
    { name: text.rows, value: result.rows }, { name: text.added, value: result.added },
    { name: text.alreadyThere, value: result.already_there }, { name: text.refused, value: result.refused },
  ];
  return (
    <>
      <Alert kind={result.dry_run ? 'info' : result.refused > 0 ? 'warn' : 'ok'}>{result.dry_run ? text.wouldTitle : text.doneTitle}</Alert>
      <Card>
        <Totals of={totals} />
        {rejects.length > 0 && (
          <>
            <div class="buttons"><Button icon="document" onClick={() => keep(result.rejects_csv, text.rejectsName)}>{text.rejects}</Button></div>
            <h2>{text.firstRejects(Math.min(rejects.length, shownRejects))}</h2>
            <Table heads={[text.line, text.column, text.reason]}>
              {rejects.slice(0, shownRejects).map(([line, column, code, reason]) => (
                <tr key={`${line} ${column} ${code}`}>
                  <td data-label={text.line} class="numbers">{line}</td><td data-label={text.column}>{column}</td><td data-label={text.reason}>{reason}</td>
                </tr>
              ))}
            </Table>
          </>
        )}
      </Card>
    </>
  );
}
