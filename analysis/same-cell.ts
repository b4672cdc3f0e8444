import type { RecordedCell } from '../store/port.ts';

/** Revisions are judged apart; day and shift are for others that read the store, which may not give them back. */
const LEFT_OUT: ReadonlySet<string> = new Set(['revision', 'day', 'shift', 'kpis']);

/** Whether a recorded cell says the same as another to the last integer, whatever their revisions; of KPIs what its store gives back. */
export const isSameCell = (a: RecordedCell, b: RecordedCell): boolean =>
  isSame(a, b, LEFT_OUT) && (a.kpis === undefined || isSame(a.kpis, b.kpis));

const NOTHING: ReadonlySet<string> = new Set();

/** Written out: a rebuild compares hundreds of thousands of cells. */
function isSame(a: unknown, b: unknown, leftOut = NOTHING): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  let count = 0;
  for (const key in a) {
    if (leftOut.has(key)) continue;
    count++;
    if (!isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  }
  for (const key in b) if (!leftOut.has(key)) count--;
  return count === 0;
}
