import type { Log } from './log.ts';

export interface Repetition extends AsyncDisposable {
  /** From now on runs the work again and again. */
  begin(work: () => Promise<unknown> | unknown): void;
}

/** How often work is done. */
export interface Pace {
  /** After a run ended, unless it took more than its share. */
  readonly everyMs: number;
  /** Before the first run; absent: `everyMs`. */
  readonly firstMs?: number;
  /** Of the time, from 0 to 1; absent: all. */
  readonly share?: number;
  /** However long a run takes; absent: `everyMs`. */
  readonly seldomMs?: number;
}

/** How long to wait after a run that took so long. */
export const pauseAfter = ({ everyMs, share = 1, seldomMs = everyMs }: Pace, tookMs: number): number =>
  Math.max(everyMs, Math.min(tookMs / share, seldomMs));

/**
 * A piece of work that is done again and again, `everyMs` after the last run ended, or later where it would take more than
 * its share of the time, but not later than `seldomMs`; never two at once. A failed run is
 * logged and tried again at the next turn. Disposal waits for the run under way.
 */
export function repeat({
  event,
  log,
  ...pace
}: Pace & { readonly event: string; readonly log: Log }): Repetition {
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
        schedule(pauseAfter(pace, performance.now() - began));
      };
      const schedule = (afterMs: number): void => {
        if (stopped) return;
        timer = setTimeout(() => {
          running = turn();
        }, afterMs);
      };
      schedule(pace.firstMs ?? pace.everyMs);
    },
    [Symbol.asyncDispose]: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
