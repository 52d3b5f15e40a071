import { moment } from '../../lib/format';
import { Badge } from '../../ui/badge';

/** What a doctor wrote at each consult, the newest on top. `code` says the CAS code as its reader knows it. */
export function NoteList({ notes, code }: { notes: readonly { created_at: string; note: string; cas_code: string }[]; code: (code: string) => string }) {
  return (
    <ul class="things">
      {[...notes].reverse().map((one) => (
        <li key={one.created_at}>
          <div class="stack">
            <div class="row"><strong>{moment(one.created_at)}</strong><Badge>{code(one.cas_code)}</Badge></div>
            <p class="pre">{one.note}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
