import { useEffect, useState } from '#fw';
import { useText } from '../text/use_text';
import { Field, type FieldProps } from './field';

/** What can be chosen: it becomes the value of the field. */
export interface Choice { value: string; words: string }
interface Props extends FieldProps {
  maxLength: number;
  /** What fits what was typed, best first. */
  search: (words: string, signal: AbortSignal) => Promise<readonly Choice[]>;
  /** The name of the list. */
  listLabel: string;
  /** What to say of what was typed when it is none of what fits. */
  unknown: (typed: string) => string | undefined;
}

/**
 * A field in which one types as in any other, with a list below it of what fits (a combobox with a list, WAI-ARIA 1.2). Nothing is
 * chosen until an arrow goes to it, so what was typed by hand is sent as it stands.
 */
export function Combobox({ maxLength, search, listLabel, unknown, ...field }: Props) {
  const { combobox: text } = useText();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<{ for: string; choices: readonly Choice[] } | 'failed'>({ for: '', choices: [] });
  const [isOpen, setIsOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const words = typed.trim();
  const isAnswered = found !== 'failed' && found.for === words;
  useEffect(() => {
    if (words.length < 2 || isAnswered) return;
    const gone = new AbortController();
    const wait = setTimeout(() => {
      search(words, gone.signal).then(
        (choices) => { if (!gone.signal.aborted) setFound({ for: words, choices }); },
        () => { if (!gone.signal.aborted) setFound('failed'); },
      );
    }, 200);
    return () => {
      clearTimeout(wait);
      gone.abort();
    };
  }, [words]);

  const choices = isAnswered && words.length >= 2 ? found.choices : [];
  const isShown = isOpen && choices.length > 0;
  const exact = choices.find((one) => one.value.toLowerCase() === words.toLowerCase());
  const choose = (choice: Choice) => {
    setTyped(choice.value);
    setFound({ for: choice.value, choices: [choice] });
    setIsOpen(false);
    setAt(-1);
  };
  const status = (): string => {
    if (words.length < 2) return '';
    if (found === 'failed') return text.failed;
    if (!isAnswered) return '';
    if (exact) return exact.words;
    return unknown(words) ?? text.found(choices.length);
  };
  return (
    <Field {...field}>
      {(control) => (
        <div class="combobox">
          <input
            {...control} type="text" role="combobox" class="medium" autoComplete="off" spellcheck={false} maxLength={maxLength} value={typed}
            aria-autocomplete="list" aria-expanded={isShown} aria-controls={isShown ? `${control.id}-list` : undefined}
            aria-activedescendant={isShown && at >= 0 ? `${control.id}-${at}` : undefined}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setIsOpen(true);
              setAt(-1);
            }}
            onBlur={() => setIsOpen(false)}
            onKeyDown={(event) => {
              const chosen = choices[at];
              if (event.key === 'ArrowDown' && choices.length > 0) {
                setIsOpen(true);
                setAt(Math.min(choices.length - 1, at + 1));
              } else if (event.key === 'ArrowUp' && isShown) setAt(Math.max(-1, at - 1));
              else if (event.key === 'Enter' && isShown && chosen) choose(chosen);
              else if (event.key === 'Escape' && isShown) {
                setIsOpen(false);
                setAt(-1);
              } else return;
              event.preventDefault();
            }}
          />
          {isShown && (
            <div id={`${control.id}-list`} role="listbox" aria-label={listLabel} class="options">
              {choices.map((choice, i) => (
                // The keys are those of the field above: an option itself never has the focus, and pressing one leaves it where it is.
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  key={choice.value} class="option" id={`${control.id}-${i}`} role="option" aria-selected={i === at} tabIndex={-1}
                  ref={(shown) => { if (i === at) shown?.scrollIntoView({ block: 'nearest' }); }}
                  onMouseDown={(event) => event.preventDefault()} onClick={() => choose(choice)}
                >
                  <strong>{choice.value}</strong><span>{choice.words}</span>
                </div>
              ))}
            </div>
          )}
          <div role="status" class="hint">{status()}</div>
        </div>
      )}
    </Field>
  );
}
