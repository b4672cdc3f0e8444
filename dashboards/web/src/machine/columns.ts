import { STATES, type State } from '../../../../domain/state.ts';
import type { View } from './axis.ts';
import { indexAt, type Track } from './track.ts';

/** From the foot of a column to its head: what is worst stands highest. */
export const STACK: readonly State[] = [
  'running',
  'setup',
  'planned-stop',
  'off',
  'idle',
  'blocked',
  'starved',
  'held',
  'down',
  'unknown',
];
const PLACES = STATES.map((state) => STACK.indexOf(state));

/** Bins of a column: each state of {@link STACK} as it is, then each of those that a filter dims. */
export const BINS = 2 * STACK.length;

/**
 * How long the machine was in each state in each of `width` columns of a view, in ms: `BINS` numbers a column. Time
 * outside the track, such as the future, is in none. `bright`: the others are dimmed.
 */
export function columnsOf(
  track: Track,
  { from, to }: View,
  width: number,
  bright?: Uint8Array | undefined,
): Float64Array {
  const sums = new Float64Array(width * BINS);
  const msPerColumn = (to - from) / width;
  const { starts, codes } = track;
  const first = from < (starts[0] ?? 0) ? 0 : indexAt(track, from);
  if (first < 0) return sums;
  // Counted from the beginning of the view, since fractions of a millisecond are lost beside the epoch's.
  for (let index = first; index < codes.length; index++) {
    const start = Math.max((starts[index] as number) - from, 0);
    if (start >= to - from) break;
    const end = Math.min((starts[index + 1] as number) - from, to - from);
    const place = PLACES[codes[index] as number] as number;
    const bin = !bright || bright[index] === 1 ? place : place + STACK.length;
    const lastColumn = Math.min(width - 1, Math.ceil(end / msPerColumn) - 1);
    for (let column = Math.floor(start / msPerColumn); column <= lastColumn; column++) {
      const left = column * msPerColumn;
      const inside = Math.min(end, left + msPerColumn) - Math.max(start, left);
      if (inside > 0) sums[column * BINS + bin]! += inside;
    }
  }
  return sums;
}

/**
 * How high each bin of a column is drawn, in whole pixels that fill `height`; nothing where the column is empty. What
 * occurs at all is at least `least` high, however short it was, so that no stop is hidden.
 */
export function heightsOf(column: Float64Array, height: number, least: number): number[] {
  let total = 0;
  for (const ms of column) total += ms;
  const heights = Array.from(column, () => 0);
  if (total === 0) return heights;
  let left = height;
  let tallest = 0;
  for (let bin = 0; bin < column.length; bin++) {
    const ms = column[bin] as number;
    if (ms <= 0) continue;
    heights[bin] = Math.max(least, Math.floor((ms / total) * height));
    left -= heights[bin] as number;
    if ((heights[bin] as number) > (heights[tallest] as number)) tallest = bin;
  }
  heights[tallest]! += left;
  return heights;
}
