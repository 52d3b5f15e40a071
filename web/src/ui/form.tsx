import { createContext, useContext, useEffect, useRef, useState, type ComponentChildren } from '#fw';
import { Refused, type FieldFault } from '../lib/api';
import type { Draft } from '../lib/draft';
import { valuesOf, type Values } from '../lib/form_values';
import { useText } from '../text/use_text';
import { Alert } from './alert';
import { DraftRestored } from './draft_restored';
import { DraftStatus } from './draft_status';
import { useWords } from './loaded';

/** What is wrong with the fields of the form around it. */
export const FaultsContext = createContext<FieldFault[]>([]);
export const useFaults = (name: string): FieldFault[] => useContext(FaultsContext).filter((one) => one.field === name);

export type { Values };
interface Props {
  /** What to do with what was typed; what it throws is shown. */
  onSend: (values: Values) => Promise<void>;
  /** The buttons: told whether it is busy. */
  buttons: (isBusy: boolean) => ComponentChildren;
  children: ComponentChildren;
  /** One field with its buttons beside it. */
  isInline?: boolean;
  /** Keeps what is typed until the page ends it (lib/draft.ts). Never for a form that asks for a secret. */
  draft?: Draft;
}

/** The field of this name, to go to from the summary. */
function goTo(form: HTMLFormElement | null, name: string): void {
  const field = form?.elements.namedItem(name);
  const element = field instanceof RadioNodeList ? field[0] : field;
  if (element instanceof HTMLElement) element.focus();
}

/** Keeps what was typed whatever happens, and says what is wrong at the top and at each field. */
export function Form({ onSend, buttons, children, isInline = false, draft }: Props) {
  const { states } = useText();
  const words = useWords();
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ faults: FieldFault[]; sentence: string } | null>(null);
  useEffect(() => { if (trouble) summary.current?.focus(); }, [trouble]);
  useEffect(() => (draft && form.current ? draft.attach(form.current) : undefined), [draft]);

  async function send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (isBusy || !form.current) return;
    setIsBusy(true);
    setTrouble(null);
    try {
      await onSend(valuesOf(form.current, event.submitter));
    } catch (error) {
      setTrouble({ faults: error instanceof Refused ? error.fields : [], sentence: words(error, true) });
    }
    setIsBusy(false);
  }
  const atFields = trouble?.faults.filter((fault) => fault.field !== '') ?? [];
  return (
    <FaultsContext.Provider value={trouble?.faults ?? []}>
      <form ref={form} class={isInline ? 'form inline' : 'form'} noValidate onSubmit={send}>
        {trouble && (
          <div ref={summary} tabIndex={-1} class="summary">
            <Alert kind="bad">
              <p><strong>{atFields.length > 0 ? states.faults(atFields.length) : trouble.sentence}</strong></p>
              {trouble.faults.length > 0 && (
                <ul>
                  {trouble.faults.map((fault) => (
                    <li key={fault.field + fault.code}>
                      {fault.field === '' ? fault.detail
                        : <a href={`#${fault.field}`} onClick={(event) => { event.preventDefault(); goTo(form.current, fault.field); }}>{fault.detail}</a>}
                    </li>
                  ))}
                </ul>
              )}
            </Alert>
          </div>
        )}
        {draft && <DraftRestored draft={draft} />}
        {children}
        {draft && <DraftStatus draft={draft} />}
        <div class="buttons">{buttons(isBusy)}</div>
      </form>
    </FaultsContext.Provider>
  );
}

/** A fault that a page finds itself, told as the program's are. */
export function refuse(...faults: FieldFault[]): never {
  throw new Refused({ status: 422, code: 'invalid', title: '', fields: faults });
}
