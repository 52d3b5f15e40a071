import { useId } from '#fw';
import { useFaults } from './form';
import { Icon } from './icon';

interface Props {
  name: string;
  label: string;
  hint?: string | undefined;
  /** Codes with their words. */
  choices: Record<string, string>;
  /** One of them, or as many as wanted. */
  kind: 'one' | 'many';
  chosen?: readonly string[];
  /** Beside each other where there is room. */
  isRow?: boolean;
}

/** A list to choose from, all of it in sight. */
export function ChoicesField({ name, label, hint, choices, kind, chosen = [], isRow = false }: Props) {
  const id = useId();
  const faults = useFaults(name);
  const described = [hint ? `${id}-hint` : '', faults.length > 0 ? id : ''].filter(Boolean).join(' ');
  return (
    <fieldset class={isRow ? 'choices in-row' : 'choices'} aria-describedby={described || undefined}>
      <legend>{label}</legend>
      {hint && <div class="hint" id={`${id}-hint`}>{hint}</div>}
      {Object.entries(choices).map(([code, words]) => (
        <label key={code} class="choice">
          <input type={kind === 'one' ? 'radio' : 'checkbox'} name={name} value={code} defaultChecked={chosen.includes(code)} />
          <span>{words}</span>
        </label>
      ))}
      {faults.length > 0 && <div class="fault" id={id}><Icon name="alert" /><span>{faults.map((one) => one.detail).join(' ')}</span></div>}
    </fieldset>
  );
}
