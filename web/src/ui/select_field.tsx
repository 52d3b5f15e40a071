import { Field, type FieldProps } from './field';

interface Props extends FieldProps {
  options: readonly { value: string; label: string }[];
  defaultValue?: string;
  /** Shown first, when nothing is chosen yet. */
  empty?: string;
  onChange?: (value: string) => void;
}

export function SelectField({ options, defaultValue, empty, onChange, ...field }: Props) {
  return (
    <Field {...field}>
      {(control) => (
        <select {...control} onChange={(event) => onChange?.(event.currentTarget.value)}>
          {empty !== undefined && <option value="">{empty}</option>}
          {options.map((one) => <option key={one.value} value={one.value} selected={one.value === defaultValue}>{one.label}</option>)}
        </select>
      )}
    </Field>
  );
}
