import { STATES, type State } from '../../../../domain/state.ts';
import type { Timeline } from '../api/timeline.ts';

/** A timeline as columns, so that a month is looked through within a frame. `starts` has one entry more than the rest: the end. */
export interface Track {
  readonly starts: Float64Array;
  /** Places in STATES. */
  readonly codes: Uint8Array;
  readonly intervals: Timeline['intervals'];
}

export function trackOf({ intervals }: Timeline): Track {
  const starts = new Float64Array(intervals.length + 1);
  const codes = new Uint8Array(intervals.length);
  for (const [index, interval] of intervals.entries()) {
    starts[index] = Date.parse(interval.from);
    codes[index] = STATES.indexOf(interval.state);
  }
  const last = intervals.at(-1);
  starts[intervals.length] = last ? Date.parse(last.to) : Number.NEGATIVE_INFINITY;
  return { starts, codes, intervals };
}

/** The interval that holds an instant, or -1. */
export function indexAt({ starts, codes }: Track, at: number): number {
  if (codes.length === 0 || at < (starts[0] as number) || at >= (starts[codes.length] as number)) return -1;
  let low = 0;
  let high = codes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Which intervals are of a state and, unless it is `undefined`, a reason. */
export function matching({ intervals }: Track, state: State, reason: string | null | undefined): Uint8Array {
  return Uint8Array.from(intervals, (interval) =>
    interval.state === state && (reason === undefined || interval.reason === reason) ? 1 : 0,
  );
}
