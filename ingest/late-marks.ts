import type { Reading } from '../domain/observation.ts';
import type { EpochMs } from '../domain/time.ts';
import type { LateMarks } from './ports.ts';

/**
 * Marks the stretches of recorded ledgers that these readings change. To be called when the readings are in the store:
 * a recorder that sees a mark earlier could record anew without them, and take the mark away.
 */
export function markLate(lateMarks: LateMarks, readings: readonly Reading[]): void {
  // Nearly always all is newer than what is recorded; then one question is enough.
  const newest = lateMarks.newestRecorded();
  if (newest === null || readings.every(({ ts }) => ts >= newest)) return;
  const stretches = new Map<string, { from: EpochMs; to: EpochMs }>();
  for (const { machine, ts } of readings) {
    const stretch = stretches.get(machine);
    if (!stretch) stretches.set(machine, { from: ts, to: ts });
    else if (ts < stretch.from) stretch.from = ts;
    else if (ts > stretch.to) stretch.to = ts;
  }
  const marks = [...stretches].flatMap(([machine, { from, to }]) => {
    const until = lateMarks.recordedUntil(machine);
    return until !== null && from < until ? [{ machine, from, to: Math.min(to, until) }] : [];
  });
  if (marks.length > 0) lateMarks.mark(marks);
}
