import { Field, type FieldProps } from './field';

interface Props extends FieldProps {
  type?: 'text' | 'tel' | 'email' | 'date' | 'number' | 'search';
  autoComplete?: string;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email';
  maxLength?: number;
  defaultValue?: string;
  width?: 'short' | 'medium';
  onInput?: (value: string) => void;
  /** The field to which / goes. */
  isSearch?: boolean;
}

/** One line of text, or a date or a number. */
export function TextField({ name, label, hint, isOptional, type = 'text', width, onInput, isSearch = false, autoComplete = 'off', ...rest }: Props) {
  return (
    <Field name={name} label={label} hint={hint} isOptional={isOptional ?? false}>
      {(control) => (
        <input
          {...control} {...rest} type={type as 'text'} autoComplete={autoComplete} class={width} data-search={isSearch ? '' : undefined} spellcheck={false}
          onInput={(event) => onInput?.(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
