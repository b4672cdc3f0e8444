import type { Reading } from '../domain/observation.ts';
import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';

/** How long a machine without anything closed to record isn't looked at again, where nobody tells what came. */
const LOOK_AGAIN_MS: DurationMs = 60_000;

/**
 * Machines of which nothing has closed yet, so that their first observation isn't sought with every round. An older one
 * may still come, when history is brought in behind live data: then they are looked at again.
 */
export interface NothingClosed {
  /** Nothing that closed by then was found a short while ago, and nothing came since. */
  holds(machine: MachinePath, closed: EpochMs, now: EpochMs): boolean;
  note(machine: MachinePath, closed: EpochMs, now: EpochMs): void;
  heard(readings: readonly Reading[]): void;
}

export function createNothingClosed(): NothingClosed {
  const found = new Map<MachinePath, { readonly closed: EpochMs; readonly at: EpochMs }>();
  /** No machine's `closed` is later: what is newer, as nearly every reading, needs no looking up. */
  let newestClosed = Number.NEGATIVE_INFINITY;
  return {
    holds(machine, closed, now) {
      const last = found.get(machine);
      return last !== undefined && last.closed === closed && now - last.at < LOOK_AGAIN_MS;
    },
    note(machine, closed, now) {
      found.set(machine, { closed, at: now });
      if (closed > newestClosed) newestClosed = closed;
    },
    heard(readings) {
      for (const { machine, ts } of readings) {
        if (ts < newestClosed && ts < (found.get(machine)?.closed ?? Number.NEGATIVE_INFINITY))
          found.delete(machine);
      }
    },
  };
}
