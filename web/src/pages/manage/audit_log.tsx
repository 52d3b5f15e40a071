import { useState } from '#fw';
import type { components } from '../../api/office';
import { common } from '../../lib/api';
import { moment } from '../../lib/format';
import { go, usePlace, withQuery } from '../../lib/router';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Empty } from '../../ui/empty';
import { Form } from '../../ui/form';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Pager } from '../../ui/pager';
import { TextField } from '../../ui/text_field';
import { Table } from '../../ui/table';
import { Facts, LineCheck, LogCheck } from './log_check';

type Line = components['schemas']['LogLine'];
const outcomeKinds = { done: 'ok', refused: 'warn', failed: 'bad' } as const;
/** Enough of an id to tell it from others on the same page. */
const short = (id: string | null): string => (id ? id.slice(-6) : '');

/** All that a line says. */
function AllOf({ line }: { line: Line }) {
  const { manage: { log: text } } = useText();
  const rows = [[text.what, line.action] as const, ...(Object.keys(text.fields) as (keyof typeof text.fields)[])
    .map((name) => [text.fields[name], String(line[name] ?? '')] as const)];
  return (
    <details>
      <summary>{text.more}</summary>
      <Facts rows={rows} />
    </details>
  );
}

/** The log of this side: who did what to what, when, and what came of it. */
export default function AuditLog() {
  const { manage: { log: text }, roles } = useText();
  const place = usePlace();
  const after = place.query.get('after') ?? '';
  const person = place.query.get('person') ?? '';
  const [checking, setChecking] = useState<Line | null>(null);
  const page = useLoad((signal) => common.get('/api/v1/audit-log', { query: { after, person }, signal }), [after, person]);
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <div class="stack">
        <LogCheck />
        <Form
          isInline
          onSend={async (values) => go(withQuery(place, { person: values['person']?.trim() ?? '', after: '' }))}
          buttons={() => (
            <>
              <Button type="submit" icon="search">{text.search}</Button>
              {person && <Button kind="quiet" onClick={() => go(withQuery(place, { person: '', after: '' }))}>{text.clear}</Button>}
            </>
          )}
        >
          <TextField name="person" label={text.person} hint={text.personHint} maxLength={36} defaultValue={person} isSearch />
        </Form>
        <Loaded of={page} rows={10}>
          {({ lines, next }) => (
            <>
              {lines.length === 0 && <Empty icon="shield"><p>{text.none}</p></Empty>}
              {lines.length > 0 && (
                <Table heads={[text.at, text.who, text.what, text.outcome, <span key="check" class="visually-hidden">{text.check.line}</span>]}>
                  {lines.map((line) => (
                    <tr key={`${line.program} ${line.number}`}>
                      <td class="numbers">{moment(line.at)}</td>
                      <td data-label={text.who}>{(roles[line.role] ?? line.role) || text.nobody} <span class="muted small">{short(line.user)}</span></td>
                      <td data-label={text.what}>
                        {text.actions[line.action] ?? line.action}: {text.things[line.thing] ?? line.thing}
                        {line.person && <span class="muted small"> {text.about.toLowerCase()} {short(line.person)}</span>}
                        <AllOf line={line} />
                      </td>
                      <td><Badge kind={outcomeKinds[line.outcome]}>{text.outcomes[line.outcome]}</Badge></td>
                      <td>
                        <Button kind="quiet" label={`${text.check.line}: ${line.program} ${line.number}`} onClick={() => setChecking(line)}>{text.check.line}</Button>
                      </td>
                    </tr>
                  ))}
                </Table>
              )}
              <Pager next={next} />
            </>
          )}
        </Loaded>
      </div>
      {checking && <LineCheck line={checking} onClose={() => setChecking(null)} />}
    </>
  );
}
