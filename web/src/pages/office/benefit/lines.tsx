import { useEffect, useId, useRef, useState, type ComponentChildren } from '#fw';
import { useBenefitText } from '../../../text/use_benefit_text';
import { Button } from '../../../ui/button';
import { useFaults } from '../../../ui/form';
import { Icon } from '../../../ui/icon';

interface Props<Row> {
  /** Of the list; a field of a line is named "income.0.amount". */
  name: string;
  title: string;
  hint: string;
  /** What stands there when there are none, and what adds one. */
  none: string;
  add: string;
  most: number;
  initial: readonly Row[];
  fresh: Row;
  children: (row: Row, at: string) => ComponentChildren;
}

/** What is wrong with a list as a whole. */
export function ListFaults({ name }: { name: string }) {
  const faults = useFaults(name);
  if (faults.length === 0) return null;
  return <div class="fault"><Icon name="alert" /><span>{faults.map((one) => one.detail).join(' ')}</span></div>;
}

/** Lines of the same fields, that can be added and removed. */
export function Lines<Row>({ name, title, hint, none, add, most, initial, fresh, children }: Props<Row>) {
  const { benefit: { facts: text } } = useBenefitText();
  const id = useId();
  const box = useRef<HTMLFieldSetElement>(null);
  const [rows, setRows] = useState(() => initial.map((row, key) => ({ key, row })));
  const next = useRef(initial.length);
  const [goTo, setGoTo] = useState<string | null>(null);
  useEffect(() => {
    if (goTo !== null) box.current?.querySelector<HTMLElement>(goTo)?.focus();
    setGoTo(null);
  }, [goTo]);
  return (
    <fieldset ref={box} name={name} tabIndex={-1} class="card lines-box" aria-labelledby={id} aria-describedby={`${id}-hint`}>
      <div>
        <h2 id={id}>{title}</h2>
        <p class="hint" id={`${id}-hint`}>{hint}</p>
      </div>
      <ListFaults name={name} />
      {rows.length === 0 && <p class="muted">{none}</p>}
      {rows.map(({ key, row }, i) => {
        const line = text.line(title, i + 1);
        return (
          <div key={key} class="line" data-line={key} role="group" aria-label={line}>
            {children(row, `${name}.${i}`)}
            <Button
              kind="quiet" label={text.removeLine(line)}
              onClick={() => { setRows(rows.filter((one) => one.key !== key)); setGoTo('.line-add button'); }}
            >
              {text.remove}
            </Button>
          </div>
        );
      })}
      {rows.length < most && (
        <div class="buttons line-add">
          <Button
            icon="plus"
            onClick={() => {
              const key = next.current++;
              setRows([...rows, { key, row: fresh }]);
              setGoTo(`[data-line="${key}"] input`);
            }}
          >
            {add}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
