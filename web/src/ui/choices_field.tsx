import { useId } from '#fw';
import { useFaults } from './form';
import { Icon } from './icon';

interface Props {
  name: string;
  label: string;
  /** Codes with their words. */
  choices: Record<string, string>;
  /** One of them, or as many as wanted. */
  kind: 'one' | 'many';
  chosen?: readonly string[];
}

/** A list to choose from, all of it in sight. */
export function ChoicesField({ name, label, choices, kind, chosen = [] }: Props) {
  const id = useId();
  const faults = useFaults(name);
  return (
    <fieldset class="choices" aria-describedby={faults.length > 0 ? id : undefined}>
      <legend>{label}</legend>
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
