import type { EpochMs, Span } from '../time.ts';

/** How far a gauge ranged in an hour in which it was heard. */
export interface GaugeHour extends Span {
  readonly min: number;
  readonly max: number;
}

/** Neighbouring hours in each of which a gauge said one and the same value, as in the others. */
export interface FlatStretch extends Span {
  readonly value: number;
}

/** What the hours of a gauge say to the checks; of a production day it is kept when the day is recorded. */
export interface CheckedGauge {
  readonly signal: string;
  /** Hours in which it changed. */
  readonly livelyHours: number;
  /** Ascending, and as long as they go. */
  readonly flat: readonly FlatStretch[];
}

/** What hours of a gauge say, ascending. */
export function checkedGauge(signal: string, hours: readonly GaugeHour[]): CheckedGauge {
  const flat = hours.filter(({ min, max }) => min === max);
  return {
    signal,
    livelyHours: hours.length - flat.length,
    flat: joinedFlat(flat.map(({ from, to, min }) => ({ from, to, value: min }))),
  };
}

/** The same gauges in stretches of time one after another, as in all of that time; in name order. */
export function joinedGauges(parts: readonly (readonly CheckedGauge[])[]): readonly CheckedGauge[] {
  const bySignal = Map.groupBy(parts.flat(), ({ signal }) => signal);
  return [...bySignal]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([signal, own]) => ({
      signal,
      livelyHours: own.reduce((sum, { livelyHours }) => sum + livelyHours, 0),
      flat: joinedFlat(own.flatMap(({ flat }) => flat)),
    }));
}

function joinedFlat(stretches: readonly FlatStretch[]): readonly FlatStretch[] {
  const joined: FlatStretch[] = [];
  for (const stretch of stretches) {
    const last = joined.at(-1);
    if (last?.to === stretch.from && last.value === stretch.value)
      joined[joined.length - 1] = { ...last, to: stretch.to };
    else joined.push(stretch);
  }
  return joined;
}

/** Finds the stretch in which an instant lies, `undefined`: none; asked with ascending instants. */
export function flatCursor(stretches: readonly FlatStretch[]): (at: EpochMs) => FlatStretch | undefined {
  let place = 0;
  return (at) => {
    while (place < stretches.length && (stretches[place] as FlatStretch).to <= at) place++;
    const stretch = stretches[place];
    return stretch && stretch.from <= at ? stretch : undefined;
  };
}
