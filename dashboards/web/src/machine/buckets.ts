import type { View } from './axis.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Widths of buckets to choose from. */
const WIDTHS = [
  ...[SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND],
  ...[MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR],
];
/** So few pixels have one bucket. */
const PIXELS = 3;
/** Views that are shorter show every observation. */
const RAW_MS = 15 * MINUTE;

/** How wide the buckets are that a view of so many pixels is asked in; `null`: every observation. */
export function bucketMs({ from, to }: View, pixels: number): number | null {
  if (to - from <= RAW_MS) return null;
  const wanted = ((to - from) / Math.max(1, pixels)) * PIXELS;
  return WIDTHS.find((width) => width >= wanted) ?? (WIDTHS.at(-1) as number);
}

/** `[ms, value]`, or `[start of the bucket, min, mean, max, last]`. */
export type SignalPoint = readonly [number, number] | readonly [number, number, number, number, number];

/** What a lane draws at an instant: a band and a value in it. */
export interface Sample {
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly value: number;
}

/** Points as samples. Of a counter the last value counts, of everything else the mean; what is no number is passed over. */
export function samplesOf(
  points: readonly SignalPoint[],
  { counter, everyMs }: { readonly counter: boolean; readonly everyMs: number | null },
): readonly Sample[] {
  return points.flatMap((point) => {
    if (point.length === 2) {
      const value = Number(point[1]);
      return Number.isFinite(value) ? [{ at: point[0], low: value, high: value, value }] : [];
    }
    const [start, low, mean, high, last] = point;
    return [{ at: start + (everyMs ?? 0) / 2, low, high, value: counter ? last : mean }];
  });
}

/** Runs of samples; a longer silence than the machine may have parts them, so that no line is drawn through it. */
export function runsOf(samples: readonly Sample[], silenceMs: number): readonly (readonly Sample[])[] {
  const runs: Sample[][] = [];
  for (const sample of samples) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && sample.at - last.at <= silenceMs) run.push(sample);
    else runs.push([sample]);
  }
  return runs;
}
