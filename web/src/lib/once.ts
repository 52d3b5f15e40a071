// What is written once and stays: sent again after no answer came, it must not be written twice.
import { useRef } from '#fw';
import { Refused } from './api';

/** One filled form: the key under which it is written, and what was sent of it to which no answer came. */
interface Attempt { key: string; unanswered: string }
const fresh = (): Attempt => ({ key: crypto.randomUUID(), unanswered: '' });

/** Whether it is there as sent now, or as it was sent before without an answer. */
export type Outcome = 'sent' | 'sent_earlier';

/** Sends under one key until it is there. Something that is there under that key came from here, by a try without an answer. */
export function useOnce(): (content: object, send: (key: string) => Promise<unknown>) => Promise<Outcome> {
  const attempt = useRef<Attempt>(fresh());
  return async (content, send) => {
    const { key, unanswered } = attempt.current;
    const now = JSON.stringify(content);
    try {
      await send(key);
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.status >= 500) attempt.current = { key, unanswered: unanswered || now };
      if (!(error instanceof Refused) || error.problem.code !== 'already_there') throw error;
      attempt.current = fresh();
      return unanswered === '' || unanswered === now ? 'sent' : 'sent_earlier';
    }
    attempt.current = fresh();
    return 'sent';
  };
}
