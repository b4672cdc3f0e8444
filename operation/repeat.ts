import type { Log } from './log.ts';

export interface Repetition extends AsyncDisposable {
  /** From now on runs the work again and again. */
  begin(work: () => Promise<unknown> | unknown): void;
}

/**
 * A piece of work that is done again and again, `everyMs` after the last run ended, or later where it would take more than
 * its share of the time, but not later than `seldomMs`; never two at once. A failed run is
 * logged and tried again at the next turn. Disposal waits for the run under way.
 */
export function repeat({
  everyMs,
  share = 1,
  seldomMs = everyMs,
  event,
  log,
}: {
  readonly everyMs: number;
  /** Of the time, from 0 to 1. */
  readonly share?: number;
  readonly seldomMs?: number;
  readonly event: string;
  readonly log: Log;
}): Repetition {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  return {
    begin(work) {
      const turn = async (): Promise<void> => {
        const began = performance.now();
        try {
          await work();
        } catch (error) {
          log('warn', event, { error: (error as Error).message });
        }
        schedule(Math.max(everyMs, Math.min((performance.now() - began) / share, seldomMs)));
      };
      const schedule = (afterMs: number): void => {
        if (stopped) return;
        timer = setTimeout(() => {
          running = turn();
        }, afterMs);
      };
      schedule(everyMs);
    },
    [Symbol.asyncDispose]: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
