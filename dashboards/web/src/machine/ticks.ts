import { offsetAt } from '../assess/periods.ts';
import type { View } from './axis.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Distances of tick marks to choose from. */
const STEPS = [
  ...[10_000, 30_000, MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY],
];

export interface Tick {
  readonly at: number;
  /** Midnight, where the date changes. */
  readonly day: boolean;
}

/** Tick marks at round times of the plant's clock, about `apart` pixels from each other. */
export function ticksOf(
  { from, to }: View,
  { zone, width, apart }: { zone: string; width: number; apart: number },
): {
  readonly stepMs: number;
  readonly ticks: readonly Tick[];
} {
  const wanted = ((to - from) / Math.max(1, width)) * apart;
  const stepMs = STEPS.find((step) => step >= wanted) ?? Math.ceil(wanted / DAY) * DAY;
  const ticks: Tick[] = [];
  const first = Math.ceil((from + offsetAt(zone, from)) / stepMs) * stepMs;
  for (let wall = first; ; wall += stepMs) {
    // The second guess is right wherever the first crossed a clock change.
    const guess = wall - offsetAt(zone, wall - offsetAt(zone, from));
    const at = wall - offsetAt(zone, guess);
    if (at >= to) break;
    if (at >= from && at > (ticks.at(-1)?.at ?? Number.NEGATIVE_INFINITY)) {
      ticks.push({ at, day: wall % DAY === 0 });
    }
  }
  return { stepMs, ticks };
}
