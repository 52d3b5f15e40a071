import { Field, type FieldProps } from './field';

interface Props extends FieldProps {
  type?: 'text' | 'tel' | 'email' | 'date' | 'number' | 'search';
  autoComplete?: string;
  inputMode?: 'text' | 'numeric' | 'tel' | 'email';
  maxLength?: number;
  defaultValue?: string;
  width?: 'short' | 'medium';
  onInput?: (value: string) => void;
}

/** One line of text, or a date or a number. */
export function TextField({ name, label, hint, isOptional, type = 'text', width, onInput, autoComplete = 'off', ...rest }: Props) {
  return (
    <Field name={name} label={label} hint={hint} isOptional={isOptional ?? false}>
      {(control) => (
        <input
          {...control} {...rest} type={type as 'text'} autoComplete={autoComplete} class={width} spellcheck={false}
          onInput={(event) => onInput?.(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
