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
  if (areNew(lateMarks, readings)) return NONE;
  const bounds = new Map<string, EpochMs>();
  const boundOf = (machine: string): EpochMs =>
    bounds.getOrInsertComputed(machine, () =>
      Math.max(never(lateMarks.recordedUntil(machine)), never(lateMarks.answeredUntil(machine))),
    );
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

/** Another process that judges stored values learns what came behind its back. */
function touchWatched(lateMarks: LateMarks, readings: readonly Reading[]): void {
  const watched = lateMarks.watched();
  if (watched.size === 0) return;
  const touched = new Map<string, EpochMs>();
  for (const { machine, ts } of readings) {
    if (ts <= (watched.get(machine) ?? Number.NEGATIVE_INFINITY))
      touched.set(machine, Math.min(ts, touched.get(machine) ?? ts));
  }
  lateMarks.touch([...touched].map(([machine, from]) => ({ machine, from })));
}

/** Nearly always all is newer than what is recorded or was answered; then two questions are enough. */
function areNew(lateMarks: LateMarks, readings: readonly Reading[]): boolean {
  const newest = Math.max(never(lateMarks.newestRecorded()), never(lateMarks.newestAnswered()));
  return readings.every(({ ts }) => ts >= newest);
}

const never = (until: EpochMs | null): EpochMs => until ?? Number.NEGATIVE_INFINITY;

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
 * Marks the stretches of recorded ledgers that these readings change, and says why answers that weren't recorded change. To
 * be called when the readings are in the store: a recorder that sees a mark earlier could record anew without them, and take
 * the mark away.
 */
export function markLate(
  lateMarks: LateMarks,
  readings: readonly (Reading & { readonly replaced?: readonly number[] })[],
  corrected: ReadonlySet<Reading> = NONE,
): void {
  touchWatched(lateMarks, readings);
  if (areNew(lateMarks, readings)) return;
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
    if (until !== null && from < until) return { machine, cause, from, to: Math.min(to, until) };
    const isAnswered = from < never(lateMarks.answeredUntil(machine));
    return isAnswered ? { machine, cause, from, to, saysOnly: true } : [];
  });
  if (marks.length > 0) lateMarks.mark(marks);
}
