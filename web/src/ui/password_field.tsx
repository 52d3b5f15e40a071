import { useState } from '#fw';
import { useText } from '../text/use_text';
import { Field, type FieldProps } from './field';

interface Props extends FieldProps { autoComplete: 'current-password' | 'new-password'; onInput?: (value: string) => void }

/** Hidden unless the user wants to see it; pasting and password managers are welcome (OWASP ASVS 5, 6.2.6 and 6.2.7). */
export function PasswordField({ autoComplete, onInput, ...field }: Props) {
  const { signIn } = useText();
  const [isShown, setIsShown] = useState(false);
  return (
    <Field {...field}>
      {(control) => (
        <div class="with-button">
          <input
            {...control} type={(isShown ? 'text' : 'password') as 'password'} autoComplete={autoComplete} maxLength={128} spellcheck={false}
            autoCapitalize="off" onInput={(event) => onInput?.(event.currentTarget.value)}
          />
          <button
            type="button" class="button quiet" aria-pressed={isShown} aria-label={isShown ? signIn.hidePassword : signIn.showPassword}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? signIn.hide : signIn.show}
          </button>
        </div>
      )}
    </Field>
  );
}
