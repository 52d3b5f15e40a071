import { Field, type FieldProps } from './field';

/** Text of more than one line. */
export function TextAreaField({ maxLength, ...field }: FieldProps & { maxLength: number }) {
  return <Field {...field}>{(control) => <textarea {...control} maxLength={maxLength} rows={8} />}</Field>;
}
