// Who is signed in, for every page.
import { createContext, useContext } from '#fw';
import type { paths } from '../api/office';
import type { AnswerOf } from './api';

export type Session = AnswerOf<paths, '/api/v1/session'>;
export interface SessionHere {
  session: Session;
  /** Asks anew who is signed in, and what the user must do first. */
  reload: () => Promise<void>;
  signOut: () => Promise<void>;
}
export const SessionContext = createContext<SessionHere | null>(null);

export function useSession(): SessionHere {
  const here = useContext(SessionContext);
  if (!here) throw new Error('a page is shown to who is signed in');
  return here;
}
