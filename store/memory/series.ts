import type { SignalValue } from '../../domain/observation.ts';
import type { EpochMs } from '../../domain/time.ts';

/** One series in ascending source time; one value per instant. */
export interface Series {
  readonly ts: EpochMs[];
  readonly values: SignalValue[];
}

/** Index of the first instant that is not before `at`. */
export function firstFrom(ts: readonly EpochMs[], at: EpochMs): number {
  let low = 0;
  let high = ts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ts[middle] as EpochMs) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts a value at its instant; one that is already there gives way. */
export function put({ ts, values }: Series, at: EpochMs, value: SignalValue): void {
  const index = placeOf(ts, at);
  if (ts[index] === at) {
    values[index] = value;
    return;
  }
  ts.splice(index, 0, at);
  values.splice(index, 0, value);
}

/** Puts an instant into ascending instants, once. */
export function hear(heard: EpochMs[], at: EpochMs): void {
  const index = placeOf(heard, at);
  if (heard[index] !== at) heard.splice(index, 0, at);
}

/** As {@link firstFrom}, quick for the common case of time going on. */
function placeOf(ts: readonly EpochMs[], at: EpochMs): number {
  return ts.length === 0 || (ts.at(-1) as EpochMs) < at ? ts.length : firstFrom(ts, at);
}
