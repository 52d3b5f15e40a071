import { useState, type ComponentChildren } from '#fw';
import type { components } from '../../api/office';
import { count, moment } from '../../lib/format';
import { checkLog, checkShownLine, type Checked } from '../../lib/log_check';
import { NotProven } from '../../lib/transparency';
import { useLoad, type Load } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Dialog } from '../../ui/dialog';
import { useWords } from '../../ui/loaded';

type Line = components['schemas']['LogLine'];

export const Facts = ({ rows }: { rows: readonly (readonly [string, string])[] }) => (
  <dl class="facts small">{rows.filter(([, value]) => value !== '').map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`} class="pre">{value}</dd>])}</dl>
);

/** That something is not as it should be, and what to do then. */
function Broken({ title, children }: { title: string; children: ComponentChildren }) {
  const { manage: { log: { check: text } } } = useText();
  return (
    <Alert kind="bad">
      <strong>{title}</strong>
      {children}
      <p>{text.whatToDo}</p>
    </Alert>
  );
}

/** What came of a check: nothing yet, why not, or what there is to tell. */
function Outcome<T>({ of, title, children }: { of: Load<T>; title: string; children: (data: T) => ComponentChildren }) {
  const { manage: { log: { check: text } }, states } = useText();
  const words = useWords();
  if (of.isLoading) return <p role="status">{text.busy}</p>;
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (!(of.error instanceof NotProven)) return <Alert kind="bad"><p>{words(of.error)}</p><Button onClick={of.reload}>{states.retry}</Button></Alert>;
  if (of.error.fault === 'no_ed25519') return <Alert kind="warn"><strong>{text.cannot}</strong><p>{text.faults.no_ed25519}</p></Alert>;
  return <Broken title={title}><p>{text.faults[of.error.fault]}</p></Broken>;
}

function Past({ before }: Pick<Checked, 'before'>) {
  const { manage: { log: { check: text } } } = useText();
  return <p>{before === null ? text.first : text.grown(count(before))}</p>;
}
/** What was checked with what, for who wants to compare. */
function useCheckpointRows({ checkpoint, key }: Checked): [string, string][] {
  const { manage: { log: { check: text } } } = useText();
  const root = Array.from(checkpoint.root, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [[text.size, count(checkpoint.size)], [text.root, root], [text.key, key]];
}

function CheckpointOutcome({ checked, at }: { checked: Checked; at: string }) {
  const { manage: { log: { check: text } } } = useText();
  const rows = useCheckpointRows(checked);
  return (
    <>
      <Alert kind="ok">
        <strong>{text.signed(count(checked.checkpoint.size))}</strong>
        <Past before={checked.before} />
      </Alert>
      <Facts rows={[...rows, [text.at, moment(at)]]} />
      <p class="small muted">{text.compareKey} <code>klout7 audit key</code></p>
    </>
  );
}
function OneCheck() {
  const { manage: { log: { check: text } } } = useText();
  const checked = useLoad(checkLog, []);
  return <Outcome of={checked} title={text.notWhole}>{(data) => <CheckpointOutcome checked={data} at={new Date().toISOString()} />}</Outcome>;
}

/** Checks the signature under the whole log in this browser, each time that it is asked. */
export function LogCheck() {
  const { manage: { log: { check: text } } } = useText();
  const [round, setRound] = useState(0);
  return (
    <Card title={text.title}>
      <p>{text.why}</p>
      <div><Button icon="shield" onClick={() => setRound(round + 1)}>{text.submit}</Button></div>
      {round > 0 && <OneCheck key={round} />}
    </Card>
  );
}

/** Checks that a line, as it is shown, stands in the signed log. */
export function LineCheck({ line, onClose }: { line: Line; onClose: () => void }) {
  const { manage: { log: text }, states } = useText();
  const checked = useLoad((signal) => checkShownLine(line, signal), []);
  const names: Record<string, string> = {
    ...text.fields, at: text.at, action: text.what, thing: text.fields.thing, outcome: text.outcome, detail_hash: text.check.detailHash,
  };
  return (
    <Dialog title={text.check.lineTitle(`${line.program} ${line.number}`)} onClose={onClose}>
      <Outcome of={checked} title={text.check.notProven}>
        {({ checkpoint, before, place, entry, differing }) => (
          <>
            {differing.length === 0
              ? (
                <Alert kind="ok">
                  <strong>{text.check.proven}</strong>
                  <p>{text.check.place(count(place), count(checkpoint.size))}</p>
                  <Past before={before} />
                </Alert>
              )
              : <Broken title={text.check.notProven}><p>{text.check.shownOtherwise(differing.map((name) => names[name] ?? name).join(', '))}</p></Broken>}
            <p>{text.check.asSigned}</p>
            <Facts rows={Object.entries(entry).map(([name, value]) => [names[name] ?? name, value])} />
            <p class="small muted">{text.check.detailWhy}</p>
          </>
        )}
      </Outcome>
      <p class="small muted">{text.check.sameWithout} <code>klout7 audit verify</code></p>
      <div class="buttons"><Button onClick={onClose}>{states.close}</Button></div>
    </Dialog>
  );
}
