import type { Span } from '../time.ts';

/** Increments of a counter, each as far from the one before and as large as the others. */
export interface PeriodicRun extends Span {
  /** `from` is the first, `to` the last. */
  readonly increments: number;
  /** Pieces of each but the first, which may be of any size. */
  readonly pieces: number;
}

interface Piece {
  readonly ts: number;
  readonly count: number;
}

/** Runs of at least two increments; the next begins where the one before ends. */
export function periodicRuns(pieces: readonly Piece[]): PeriodicRun[] {
  const runs: PeriodicRun[] = [];
  let first = 0;
  for (let index = 1; index <= pieces.length; index++) {
    if (index < pieces.length && isAlike(pieces, first, index)) continue;
    const [begin, end] = [pieces[first] as Piece, pieces[index - 1] as Piece];
    if (index - first > 1) {
      runs.push({ from: begin.ts, to: end.ts, increments: index - first, pieces: end.count });
    }
    first = index - 1;
  }
  return runs;
}

export const gapOf = ({ from, to, increments }: PeriodicRun): number => (to - from) / (increments - 1);

/** Whether an increment follows the one before as the second followed the first. */
function isAlike(pieces: readonly Piece[], first: number, index: number): boolean {
  const at = (place: number) => pieces[place] as Piece;
  const every = at(first + 1).ts - at(first).ts;
  return at(index).ts - at(index - 1).ts === every && at(index).count === at(first + 1).count;
}

/** Joins runs, ascending, where one goes on as the one before: a day that ends cuts them. */
export function joinedRuns(runs: readonly PeriodicRun[]): PeriodicRun[] {
  const joined: PeriodicRun[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const goesOn =
      last !== undefined &&
      last.pieces === run.pieces &&
      gapOf(last) === gapOf(run) &&
      run.from - last.to === gapOf(run);
    if (!goesOn) joined.push(run);
    else {
      const increments = last.increments + run.increments;
      joined[joined.length - 1] = { from: last.from, to: run.to, increments, pieces: run.pieces };
    }
  }
  return joined;
}
