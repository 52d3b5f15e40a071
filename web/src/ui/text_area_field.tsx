import { Field, type FieldProps } from './field';

/** Text of more than one line. */
export function TextAreaField({ maxLength, rows = 8, defaultValue, ...field }: FieldProps & { maxLength: number; rows?: number; defaultValue?: string }) {
  return <Field {...field}>{(control) => <textarea {...control} maxLength={maxLength} rows={rows} defaultValue={defaultValue} />}</Field>;
}
