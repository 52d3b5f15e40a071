// Looking again while something goes on at the program.
import { useEffect } from '#fw';
import type { Load } from './use_load';

const every = 1000;

/** Asks again a second after each answer, as long as it is not over. */
export function useAgain(load: Load<unknown>, isGoingOn: boolean): void {
  useEffect(() => {
    if (!isGoingOn || load.isLoading) return undefined;
    const wait = setTimeout(load.reload, every);
    return () => clearTimeout(wait);
  }, [isGoingOn, load.isLoading]);
}
