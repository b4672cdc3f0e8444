import type { Log } from './log.ts';

/**
 * Runs a piece of work again and again, `everyMs` after the last run ended; never two at once. A failed run is logged and
 * tried again at the next turn. Disposal waits for the run under way.
 */
export function repeat(options: {
  readonly everyMs: number;
  readonly event: string;
  readonly log: Log;
  work(): Promise<unknown> | unknown;
}): AsyncDisposable {
  const { everyMs, event, log, work } = options;
  let stopped = false;
  let timer: NodeJS.Timeout;
  let running = Promise.resolve();
  const turn = async (): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log('warn', event, { error: (error as Error).message });
    }
    if (!stopped) schedule();
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      running = turn();
    }, everyMs);
  };
  schedule();
  return {
    [Symbol.asyncDispose]: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
