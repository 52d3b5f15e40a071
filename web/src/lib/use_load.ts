// What a page shows of the program: asked for when the page appears, and again when told to.
import { useCallback, useEffect, useState } from '#fw';
import { useSpeech } from '../text/use_text';

export interface Load<T> {
  data: T | undefined;
  error: unknown;
  isLoading: boolean;
  reload: () => void;
}

/** Asks when one of `about` changes, and in the other language. What came before stays to be seen while new data is on its way. */
export function useLoad<T>(ask: (signal: AbortSignal) => Promise<T>, about: readonly unknown[]): Load<T> {
  const [state, setState] = useState<{ data: T | undefined; error: unknown; isLoading: boolean }>({ data: undefined, error: undefined, isLoading: true });
  const { language } = useSpeech();
  const [round, setRound] = useState(0);
  useEffect(() => {
    const gone = new AbortController();
    setState((before) => ({ ...before, error: undefined, isLoading: true }));
    ask(gone.signal).then(
      (data) => { if (!gone.signal.aborted) setState({ data, error: undefined, isLoading: false }); },
      (error: unknown) => { if (!gone.signal.aborted) setState({ data: undefined, error, isLoading: false }); },
    );
    return () => gone.abort();
  }, [...about, language, round]);
  return { ...state, reload: useCallback(() => setRound((before) => before + 1), []) };
}
