import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Schedule } from '../../analysis/schedule.ts';
import type { EpochMs } from '../../domain/time.ts';

export interface HandClock {
  readonly now: () => EpochMs;
  readonly schedule: Schedule;
  /** Moves time on, running what falls due in its order, and lets the work that follows finish. */
  advance(ms: number): Promise<void>;
}

/** A clock that stands still until it is moved. */
export function createHandClock(start: EpochMs): HandClock {
  let now = start;
  const due = new Map<number, { readonly at: EpochMs; readonly run: () => void }>();
  let last = 0;
  const next = () =>
    [...due].sort(([a, left], [b, right]) => left.at - right.at || a - b)[0] as
      | [number, { at: EpochMs; run: () => void }]
      | undefined;
  return {
    now: () => now,
    schedule(afterMs, run) {
      const id = ++last;
      due.set(id, { at: now + afterMs, run });
      return () => void due.delete(id);
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let entry = next(); entry && entry[1].at <= end; entry = next()) {
        due.delete(entry[0]);
        now = Math.max(now, entry[1].at);
        entry[1].run();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}

/** Lets everything that is ready run; the memory store needs no more than a few turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await nextTurn();
}
