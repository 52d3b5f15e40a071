import { useId, type ComponentChildren } from '#fw';
import { useText } from '../text/use_text';
import { useFaults } from './form';
import { Icon } from './icon';

export interface FieldProps {
  name: string;
  label: string;
  hint?: ComponentChildren;
  isOptional?: boolean;
}
/** What the control of a field must carry so that label, hint and fault belong to it. */
export interface ControlProps {
  id: string;
  name: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** Label above, hint under it, the control, and what is wrong with it. */
export function Field({ name, label, hint, isOptional = false, children }: FieldProps & { children: (control: ControlProps) => ComponentChildren }) {
  const { states } = useText();
  const id = useId();
  const faults = useFaults(name);
  const described = [hint ? `${id}-hint` : '', faults.length > 0 ? `${id}-fault` : ''].filter(Boolean).join(' ');
  return (
    <div class={faults.length > 0 ? 'field wrong' : 'field'}>
      <label for={id}>{label}{isOptional && <span class="muted"> ({states.optional})</span>}</label>
      {hint && <div class="hint" id={`${id}-hint`}>{hint}</div>}
      {children({ id, name, 'aria-describedby': described || undefined, 'aria-invalid': faults.length > 0 ? true : undefined })}
      {faults.length > 0 && (
        <div class="fault" id={`${id}-fault`}>
          <Icon name="alert" /><span>{faults.map((one) => one.detail).join(' ')}</span>
        </div>
      )}
    </div>
  );
}
