import { setTimeout as sleep } from 'node:timers/promises';
import type { EpochMs } from '../../domain/time.ts';

/** How simulated time passes: so many times as fast as the wall clock, or as fast as it goes. */
export type Speed = number | 'max';

export interface PaceOptions {
  readonly speed: Speed;
  /** Simulated time at the beginning. */
  readonly start: EpochMs;
  readonly signal: AbortSignal;
  /** Wall clock and sleep, for tests. */
  readonly clock?: Clock;
}

export interface Clock {
  now(): EpochMs;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const WALL_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).then(undefined, () => {}),
};

/** No single timer may run longer than Node's limit, nor keep an abort waiting. */
const LONGEST_SLEEP_MS = 60_000;

/** Waits until a simulated instant is due; returns at once when it is, or when the signal aborts. */
export function pace({
  speed,
  start,
  signal,
  clock = WALL_CLOCK,
}: PaceOptions): (due: EpochMs) => Promise<void> | undefined {
  if (speed === 'max') return () => undefined;
  const began = clock.now();
  const wait = (due: EpochMs): number => began + (due - start) / speed - clock.now();
  return (due) => {
    if (wait(due) < 1 || signal.aborted) return undefined;
    return (async () => {
      for (let ms = wait(due); ms >= 1 && !signal.aborted; ms = wait(due)) {
        await clock.sleep(Math.min(ms, LONGEST_SLEEP_MS), signal);
      }
    })();
  };
}

/** Waits for the broker's back-pressure, but not longer than until the run is ended. */
export async function orAbort(full: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let stop: (() => void) | undefined;
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', resolve as () => void, { once: true });
  });
  await Promise.race([full, aborted]);
  if (stop) signal.removeEventListener('abort', stop);
}
