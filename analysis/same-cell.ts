import type { RecordedCell } from '../store/port.ts';

/** What a store gives back of a cell beside its revision; day and shift are for others that read the store. */
const CONTENT = [
  'machine',
  'grain',
  'from',
  'to',
  'ms',
  'runningUs',
  'counts',
  'flags',
  'digest',
  'kpis',
] as const;

/** Whether two cells say the same to the last integer, whatever their revisions. */
export function isSameCell(a: Omit<RecordedCell, 'revision'>, b: Omit<RecordedCell, 'revision'>): boolean {
  for (const name of CONTENT) if (!isSame(a[name], b[name])) return false;
  return true;
}

/** Written out: a rebuild compares hundreds of thousands of cells. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  let count = 0;
  for (const key in a) {
    count++;
    if (!isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])) return false;
  }
  for (const _ in b) count--;
  return count === 0;
}
