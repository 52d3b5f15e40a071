import { useState } from '#fw';
import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { day } from '../../lib/format';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import type { Change } from './case_change';
import { CaseTerm } from './case_term';
import { TaskDialog } from './task_dialog';

type Case = components['schemas']['Case'];
type Deadline = components['schemas']['Deadline'];

/** What the law asks of whom and by when, how sure that is, and what of it was done. `change` is there for who takes the steps. */
export function CaseSteps({ file, change }: { file: Case; change: Change | null }) {
  const { office: { file: text } } = useText();
  const [asked, setAsked] = useState<Deadline | null>(null);
  const [takenBack, setTakenBack] = useState<Deadline | null>(null);
  const next = file.deadlines.find((one) => one.task !== null && one.task === file.next_step?.task);
  const mark = async (one: Deadline, done_on: string | null) => {
    await change?.((headers) => office.put('/api/v1/cases/{case}/tasks/{task}', { done_on }, { path: { case: file.case, task: one.task ?? '' }, headers }));
  };
  const name = (one: Deadline) => text.kinds[one.kind] ?? one.kind;
  return (
    <>
      {next && (
        <section class="card next-step">
          <h2>{text.next}</h2>
          <div class="row">
            <strong class="big">{name(next)}</strong>
            <CaseTerm due={next.due} />
            <span class="muted numbers">{day(next.due)}, {text.party.toLowerCase()} {text.parties[next.party]}</span>
          </div>
          {change && <div class="buttons"><Button kind="primary" icon="check" onClick={() => setAsked(next)}>{text.markDone}</Button></div>}
        </section>
      )}
      {file.next_step === null && <section class="card next-step"><h2>{text.next}</h2><p>{text.nothingLeft}</p></section>}
      <Card title={text.deadlines}>
        <ul class="things">
          {file.deadlines.map((one) => (
            <li key={one.task ?? one.kind}>
              <div>
                <strong>{name(one)}</strong>
                <div class="muted small">
                  {text.party} {text.parties[one.party]}. {one.source}
                  {text.certainties[one.certainty] && ` (${text.certainties[one.certainty]})`}
                </div>
              </div>
              <div class="row">
                {one.done_on === null && <span class="muted numbers small">{day(one.due)}</span>}
                {one.done_on !== null && <Badge kind="ok" icon="check">{text.doneOn(day(one.done_on))}</Badge>}
                {one.done_on === null && one.task !== null && <CaseTerm due={one.due} />}
                {change && one.task !== null && one.done_on === null && (
                  <Button kind="quiet" label={`${text.markDone}: ${name(one)}, ${day(one.due)}`} onClick={() => setAsked(one)}>{text.markDone}</Button>
                )}
                {change && one.task !== null && one.done_on !== null && (
                  <Button kind="quiet" label={`${text.notDone}: ${name(one)}, ${day(one.due)}`} onClick={() => setTakenBack(one)}>{text.notDone}</Button>
                )}
              </div>
            </li>
          ))}
        </ul>
      </Card>
      {asked && <TaskDialog name={name(asked)} onClose={() => setAsked(null)} onDone={(when) => mark(asked, when)} />}
      {takenBack && (
        <Confirm
          title={text.notDoneTitle(name(takenBack))} why={text.notDoneWhy} action={text.notDone}
          onClose={() => setTakenBack(null)} onConfirm={() => mark(takenBack, null)}
        />
      )}
    </>
  );
}
