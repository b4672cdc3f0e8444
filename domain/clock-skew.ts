import type { EpochMs } from './time.ts';

/** The least that a message of a source was late, among those received in a minute; negative: its time was ahead. */
export interface LeastDelay {
  readonly at: EpochMs;
  readonly delayMs: number;
}

export type ClockSkew =
  | {
      readonly state: 'measured';
      /** How far the source's clock is ahead of ours; negative: behind. */
      readonly aheadMs: number;
      /** How fast that grows; `null`: not watched for long enough. */
      readonly driftMsPerHour: number | null;
      /** How far the minutes lie apart, about (median absolute deviation from the drift). */
      readonly jitterMs: number;
    }
  /** Fewer than three minutes with a time of the source's own. */
  | { readonly state: 'too-few' }
  /** The delays change faster than any clock drifts: a backlog is being caught up, or data comes late now and then. */
  | { readonly state: 'unsteady' };

const FEWEST = 3;
/** Of the newest minutes the least delay counts: what a network adds to it is never negative. */
const NEWEST = 5;
const STEADY_SPREAD_MS = 5_000;
/** A change from one minute to the next that no drift makes: the clock was set. */
const STEP_MS = 1_000;
const DRIFT_FEWEST = 10;
const HOUR_MS = 3_600_000;

/**
 * How a source's clock differs from ours, from the least delay of each minute (receive time minus source time), oldest
 * first. A message can be late but never early, so the lower envelope of the delays is the difference of the clocks;
 * the drift is the median slope between all pairs (Theil and Sen), which some late minutes don't move. A source all of
 * whose data is late by the same looks like a clock that is behind: nothing in the data tells the two apart.
 */
export function clockSkew(minutes: readonly LeastDelay[]): ClockSkew {
  if (minutes.length < FEWEST) return { state: 'too-few' };
  const newest = minutes.slice(-NEWEST).map(({ delayMs }) => delayMs);
  const lastFew = newest.slice(-FEWEST);
  if (Math.max(...lastFew) - Math.min(...lastFew) > STEADY_SPREAD_MS) return { state: 'unsteady' };
  const since = sinceStep(minutes);
  const least = Math.min(...since.slice(-NEWEST).map(({ delayMs }) => delayMs));
  const slope = since.length < DRIFT_FEWEST ? null : medianSlope(since);
  const level = median(since.map(({ at, delayMs }) => delayMs - (slope ?? 0) * at));
  const jitterMs = median(since.map(({ at, delayMs }) => Math.abs(delayMs - (slope ?? 0) * at - level)));
  return {
    state: 'measured',
    aheadMs: least === 0 ? 0 : -least,
    driftMsPerHour: slope === null || slope === 0 ? slope : -slope * HOUR_MS,
    jitterMs,
  };
}

/** The minutes since the clock was set last, as far as that shows. */
function sinceStep(minutes: readonly LeastDelay[]): readonly LeastDelay[] {
  for (let index = minutes.length - 1; index > 0; index--) {
    const change = (minutes[index] as LeastDelay).delayMs - (minutes[index - 1] as LeastDelay).delayMs;
    // A single late minute in between is no step: the next one is back.
    const before = minutes[index - 2];
    const isBack = before && Math.abs((minutes[index] as LeastDelay).delayMs - before.delayMs) < STEP_MS;
    const next = minutes[index + 1];
    const returns = next && Math.abs(next.delayMs - (minutes[index - 1] as LeastDelay).delayMs) < STEP_MS;
    if (Math.abs(change) >= STEP_MS && !isBack && !returns && minutes.length - index >= FEWEST)
      return minutes.slice(index);
  }
  return minutes;
}

function medianSlope(minutes: readonly LeastDelay[]): number {
  const slopes: number[] = [];
  for (const [index, one] of minutes.entries()) {
    for (const other of minutes.slice(index + 1)) {
      if (other.at > one.at) slopes.push((other.delayMs - one.delayMs) / (other.at - one.at));
    }
  }
  return slopes.length === 0 ? 0 : median(slopes);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
