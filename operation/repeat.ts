import type { Log } from './log.ts';

export interface Repetition extends AsyncDisposable {
  /** From now on runs the work again and again. */
  begin(work: () => Promise<unknown> | unknown): void;
}

/**
 * A piece of work that is done again and again, `everyMs` after the last run ended; never two at once. A failed run is
 * logged and tried again at the next turn. Disposal waits for the run under way.
 */
export function repeat({
  everyMs,
  event,
  log,
}: {
  readonly everyMs: number;
  readonly event: string;
  readonly log: Log;
}): Repetition {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  return {
    begin(work) {
      const turn = async (): Promise<void> => {
        try {
          await work();
        } catch (error) {
          log('warn', event, { error: (error as Error).message });
        }
        schedule();
      };
      const schedule = (): void => {
        if (stopped) return;
        timer = setTimeout(() => {
          running = turn();
        }, everyMs);
      };
      schedule();
    },
    [Symbol.asyncDispose]: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
