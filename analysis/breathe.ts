import { setImmediate as nextTurn } from 'node:timers/promises';

const TURN_MS = 12;

/** Lets other work (requests, acknowledgements) run when the present stretch of work has lasted long enough. */
export function createBreather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < TURN_MS) return undefined;
    return nextTurn().then(() => {
      since = performance.now();
    });
  };
}
