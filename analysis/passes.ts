import type { MachinePath } from '../domain/path.ts';
import type { LedgerMark } from './ledger-marks.ts';

/**
 * Passes over machines' years, which take many turns. A clock that stays years behind marks its machine again and again
 * from far back: what comes behind a pass waits for its end, or none would ever reach the present.
 */
export interface Passes {
  /** The marks that are worked off next of those that a machine has. `isFar`: of all together. */
  next(path: MachinePath, marks: readonly LedgerMark[], isFar: boolean): readonly LedgerMark[];
  /** What is left is another pass. */
  end(path: MachinePath): void;
}

export function createPasses(): Passes {
  /** The newest mark when a pass began. */
  const begun = new Map<MachinePath, number>();
  const newest = (marks: readonly LedgerMark[]): number =>
    marks.reduce((latest, { id }) => Math.max(latest, id), 0);
  return {
    next(path, marks, isFar) {
      if (!isFar) begun.delete(path);
      if (!isFar || marks.length === 0) return marks;
      const upTo = begun.getOrInsertComputed(path, () => newest(marks));
      const own = marks.filter(({ id }) => id <= upTo);
      if (own.length === 0) {
        begun.set(path, newest(marks));
        return marks;
      }
      const from = own.reduce((earliest, mark) => Math.min(earliest, mark.from), Number.POSITIVE_INFINITY);
      return marks.filter((mark) => mark.from >= from);
    },
    end: (path) => void begun.delete(path),
  };
}
