import type { CycleTape } from './orders/cycles.ts';
import type { EpochMs } from './time.ts';

/** The ideal cycle time (PRI) at the instant that a cursor stands on, and until when. */
export interface CycleCursor {
  /** Integer microseconds per piece; `null`: none is known. */
  cycleUs: number | null;
  until: EpochMs;
  /** Moves to an instant at or after the one before. */
  seek(instant: EpochMs): void;
}

/** Reads the ideal cycle times of ascending instants. */
export function cycleCursor({ at, cycleUs }: CycleTape): CycleCursor {
  let place = 0;
  const cursor: CycleCursor = {
    cycleUs: cycleUs[0] as number | null,
    until: at[1] ?? Number.POSITIVE_INFINITY,
    seek(instant) {
      while (cursor.until <= instant) {
        place++;
        cursor.cycleUs = cycleUs[place] as number | null;
        cursor.until = at[place + 1] ?? Number.POSITIVE_INFINITY;
      }
    },
  };
  return cursor;
}
