import type { DurationMs } from '../domain/time.ts';

/** Runs something once after a while; returns how to call it off. Tests move it by hand. */
export type Schedule = (afterMs: DurationMs, run: () => void) => () => void;

const LONGEST_MS = 2 ** 31 - 1;

/** Timers that don't keep the process alive. */
export const timers: Schedule = (afterMs, run) => {
  const timer = setTimeout(run, Math.min(afterMs, LONGEST_MS));
  timer.unref();
  return () => clearTimeout(timer);
};
