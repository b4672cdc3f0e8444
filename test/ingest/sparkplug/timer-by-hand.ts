import type { StartTimer } from '../../../ingest/sparkplug/timer.ts';

/** Timers that fire when a test moves its clock. */
export function timerByHand(clock: { now: number }) {
  const waiting = new Set<{ readonly at: number; readonly callback: () => void }>();
  const timer: StartTimer = (ms, callback) => {
    const entry = { at: clock.now + ms, callback };
    waiting.add(entry);
    return () => waiting.delete(entry);
  };
  return {
    timer,
    /** How many wait. */
    waiting: (): number => waiting.size,
    /** Moves the clock, and calls what is due on the way, in its order. */
    pass(ms: number): void {
      const until = clock.now + ms;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!next) break;
        waiting.delete(next);
        clock.now = Math.max(clock.now, next.at);
        next.callback();
      }
      clock.now = until;
    },
  };
}
