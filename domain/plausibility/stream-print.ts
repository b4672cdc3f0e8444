import type { CheckedFacts } from './check.ts';
import { type PeriodicRun, periodicRuns } from './periodic-runs.ts';
import { gapsAlone, STEPS_OF_WINDOW, statesOf, stepsOf, windowsOf } from './windows.ts';

/**
 * What a stretch of a stream is known again by, of bounded size whatever was said. It follows from what was said alone: a
 * stream that is sent again, at another time or by another machine, gives the same.
 */
export interface StreamPrint {
  /** The least of its windows, ascending; one that is there more than once stands twice. */
  readonly windows: readonly number[];
  /**
   * The same of its rhythm: the least windows of gaps alone, whatever was said, and as many of states alone. Days of one
   * machine are compared by them; other machines share a rhythm where they are coupled.
   */
  readonly rhythm: readonly number[];
  /** Long runs of periodic counts, ascending. */
  readonly periodic: readonly PeriodicRun[];
}

/**
 * Windows of a print. What two days share they share from the least on, so that both keep it: where a piece comes every 12 s,
 * one hour that is sent again is missed one time in a hundred, four hours never; where a day has fewer steps, none is missed.
 */
export const WINDOWS_OF_PRINT = 128;
/** Of gaps alone, and of states alone: a fourth, since a rhythm is only looked for within one machine's days. */
export const WINDOWS_OF_RHYTHM = 32;
/** Shorter runs of periodic counts aren't kept, and of more than these the longest. */
const RUN_INCREMENTS = 50;
const MOST_RUNS = 24;

/** The print of what was said in a stretch. */
export function printOf({ said, pieces }: Pick<CheckedFacts, 'said' | 'pieces'>): StreamPrint {
  const steps = stepsOf(said);
  return {
    windows: leastOf(windowsOf(steps), WINDOWS_OF_PRINT),
    rhythm: [gapsAlone(steps), stepsOf(statesOf(said))].flatMap((one) =>
      leastOf(windowsOf(one), WINDOWS_OF_RHYTHM),
    ),
    periodic: longRuns(pieces),
  };
}

/** The least of some windows, ascending; one that is there again, not overlapping itself, stands twice. */
function leastOf(windows: Float64Array, most: number): readonly number[] {
  const least = new Set<number>();
  // As numbers, where an array would sort them by a function of ours: most of what a print takes.
  for (const window of windows.filter((one) => !Number.isNaN(one)).sort()) {
    if (least.size === most && !least.has(window)) break;
    least.add(window);
  }
  if (least.size === 0) return [];
  const greatest = Math.max(...least);
  const firstAt = new Map<number, number>();
  const again = new Set<number>();
  for (const [place, window] of windows.entries()) {
    if (!(window <= greatest)) continue;
    const first = firstAt.getOrInsert(window, place);
    // A window doesn't repeat itself where it overlaps.
    if (place - first >= STEPS_OF_WINDOW) again.add(window);
  }
  return [...least].flatMap((window) => (again.has(window) ? [window, window] : [window]));
}

function longRuns(pieces: CheckedFacts['pieces']): readonly PeriodicRun[] {
  const long = periodicRuns(pieces).filter(({ increments }) => increments >= RUN_INCREMENTS);
  if (long.length <= MOST_RUNS) return long;
  return long
    .sort((a, b) => b.increments - a.increments)
    .slice(0, MOST_RUNS)
    .sort((a, b) => a.from - b.from);
}
