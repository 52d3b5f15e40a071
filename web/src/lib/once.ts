// Things that must not be made twice, however often they are sent.
import { useRef } from '#fw';
import { Refused } from './api';

/**
 * Sends something under a key that stays the same until it is known to be done, so that sending it again after an answer was
 * lost makes it no second time. Other content is another thing, and gets another key: nothing that was typed is lost.
 */
export function useOnce(): (content: unknown, send: (key: string) => Promise<unknown>) => Promise<void> {
  const sending = useRef({ content: '', key: '' });
  return async (content, send) => {
    const text = JSON.stringify(content);
    if (sending.current.content !== text) sending.current = { content: text, key: crypto.randomUUID() };
    try {
      await send(sending.current.key);
    } catch (error) {
      // It was done before; only the answer was lost.
      if (!(error instanceof Refused && error.problem.code === 'already_there')) throw error;
    }
    sending.current = { content: '', key: '' };
  };
}
