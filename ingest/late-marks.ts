import type { Reading } from '../domain/observation.ts';
import type { EpochMs } from '../domain/time.ts';
import { type Store, StoreUnavailable } from '../store/port.ts';
import type { LateMarks } from './ports.ts';

/** Late readings of a batch whose predecessors are looked up; a backfill of more is late data as a whole. */
const MOST_LOOKED_UP = 1000;

/**
 * The late readings that give another value to something stored: a correction, not just late. To be called before they
 * are written. What was replaced within minutes the journal knows; of what is older only the store can tell.
 */
export async function correctionsIn(
  lateMarks: LateMarks,
  store: Pick<Store, 'recall'>,
  readings: readonly Reading[],
): Promise<ReadonlySet<Reading>> {
  const newest = lateMarks.newestRecorded();
  if (newest === null || readings.every(({ ts }) => ts >= newest)) return NONE;
  const bounds = new Map<string, EpochMs>();
  const boundOf = (machine: string): EpochMs =>
    bounds.getOrInsertComputed(machine, () => lateMarks.recordedUntil(machine) ?? Number.NEGATIVE_INFINITY);
  const late = readings.filter(({ machine, ts }) => ts < boundOf(machine)).slice(0, MOST_LOOKED_UP);
  if (late.length === 0) return NONE;
  try {
    const stored = await store.recall(late);
    return new Set(late.filter((reading, index) => corrects(reading, stored[index])));
  } catch (error) {
    if (error instanceof StoreUnavailable) return NONE;
    throw error;
  }
}

const NONE: ReadonlySet<Reading> = new Set();

const corrects = ({ signals, values }: Reading, stored: Reading | undefined): boolean =>
  stored !== undefined &&
  signals.some((signal, index) => {
    const at = stored.signals.indexOf(signal);
    return at >= 0 && !Object.is(stored.values[at], values[index]);
  });

interface Stretch {
  readonly machine: string;
  readonly cause: 'late-data' | 'correction';
  from: EpochMs;
  to: EpochMs;
}

/**
 * Marks the stretches of recorded ledgers that these readings change. To be called when the readings are in the store:
 * a recorder that sees a mark earlier could record anew without them, and take the mark away.
 */
export function markLate(
  lateMarks: LateMarks,
  readings: readonly (Reading & { readonly replaced?: readonly number[] })[],
  corrected: ReadonlySet<Reading> = NONE,
): void {
  // Nearly always all is newer than what is recorded; then one question is enough.
  const newest = lateMarks.newestRecorded();
  if (newest === null || readings.every(({ ts }) => ts >= newest)) return;
  const stretches = new Map<string, Stretch>();
  for (const reading of readings) {
    const { machine, ts, replaced } = reading;
    const isCorrection = (replaced?.length ?? 0) > 0 || corrected.has(reading);
    const cause = isCorrection ? 'correction' : 'late-data';
    const stretch = stretches.getOrInsertComputed(`${cause} ${machine}`, () => ({
      ...{ machine, cause, from: ts, to: ts },
    }));
    stretch.from = Math.min(stretch.from, ts);
    stretch.to = Math.max(stretch.to, ts);
  }
  const marks = [...stretches.values()].flatMap(({ machine, cause, from, to }) => {
    const until = lateMarks.recordedUntil(machine);
    return until !== null && from < until ? [{ machine, cause, from, to: Math.min(to, until) }] : [];
  });
  if (marks.length > 0) lateMarks.mark(marks);
}
