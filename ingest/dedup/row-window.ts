import type { EpochMs } from '../../domain/time.ts';

/**
 * The last minutes of a machine: rows sorted by source time, one column a signal, one number a cell (see value-code.ts),
 * NaN where nothing is known. Every observation passes through here, and of ten thousand machines none is in a cache of the
 * processor, so all of one machine stands in one plain array: how far it was heard and forgotten, the newest source time of
 * each column, then the rows, each its source time and its cells.
 */
export interface RowWindow {
  data: Float64Array;
  width: number;
  /** Rows that there is room for. */
  capacity: number;
  start: number;
  end: number;
  /** What the store had heard last when the machine came into sight; `undefined`: not asked yet. */
  storedUntil: EpochMs | null | undefined;
  /** The group in whose time rows were forgotten last: the store knows them only when that is applied. */
  forgotAtGroup: number;
}

const HEARD = 0;
const FORGOT_UP_TO = 1;
const NEWEST = 2;

const lengthOf = (rows: number, width: number): number => NEWEST + width + rows * (1 + width);

export const newWindow = (): RowWindow => ({
  data: Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY),
  width: 0,
  capacity: 0,
  start: 0,
  end: 0,
  storedUntil: undefined,
  forgotAtGroup: 0,
});

/** Newest source time of all. */
export const heardOf = ({ data }: RowWindow): EpochMs => data[HEARD] as number;

export function hear({ data }: RowWindow, ts: EpochMs): void {
  if (ts > (data[HEARD] as number)) data[HEARD] = ts;
}

/** A cell not known here may exist nevertheless when its time is at or before this. */
export const forgotUpTo = ({ data }: RowWindow): EpochMs => data[FORGOT_UP_TO] as number;

export function forgetUpTo({ data }: RowWindow, ts: EpochMs): void {
  if (ts > (data[FORGOT_UP_TO] as number)) data[FORGOT_UP_TO] = ts;
}

/** Where a row begins: its source time, behind which its cells stand. */
const placeOf = ({ width }: RowWindow, row: number): number => NEWEST + width + row * (1 + width);

export const tsOf = (window: RowWindow, row: number): EpochMs => window.data[placeOf(window, row)] as number;

/** The first row at or after an instant. */
export function rowFrom(window: RowWindow, ts: EpochMs): number {
  let low = window.start;
  let high = window.end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tsOf(window, middle) < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The row of exactly this instant, or -1. */
export function rowAt(window: RowWindow, ts: EpochMs): number {
  const row = rowFrom(window, ts);
  return row < window.end && tsOf(window, row) === ts ? row : -1;
}

export const cellAt = (window: RowWindow, row: number, column: number): number =>
  column < window.width ? (window.data[placeOf(window, row) + 1 + column] as number) : Number.NaN;

/** Newest source time of a column, `undefined` where it has none. */
export function newestOf({ data, width }: RowWindow, column: number): EpochMs | undefined {
  if (column >= width) return undefined;
  const ts = data[NEWEST + column] as number;
  return Number.isNaN(ts) ? undefined : ts;
}

export function setCell(window: RowWindow, row: number, column: number, code: number): void {
  window.data[placeOf(window, row) + 1 + column] = code;
}

/** A column was heard at an instant. */
export function hearColumn({ data }: RowWindow, column: number, ts: EpochMs): void {
  // Also where it is NaN.
  if (!((data[NEWEST + column] as number) >= ts)) data[NEWEST + column] = ts;
}

/** Opens an empty row for an instant that has none; there must be room. */
export function insertRow(window: RowWindow, ts: EpochMs): number {
  const { data, width } = window;
  const row =
    window.end === window.start || ts > tsOf(window, window.end - 1) ? window.end : rowFrom(window, ts);
  const place = placeOf(window, row);
  if (row < window.end) data.copyWithin(place + 1 + width, place, placeOf(window, window.end));
  window.end++;
  data[place] = ts;
  // A loop, since calling `fill` for so few costs more.
  for (let at = place + 1, end = place + 1 + width; at < end; at++) data[at] = Number.NaN;
  return row;
}

/** Drops the oldest rows before `row`. */
export function forgetBefore(window: RowWindow, row: number, group: number): void {
  if (row <= window.start) return;
  forgetUpTo(window, tsOf(window, row - 1));
  window.forgotAtGroup = group;
  window.start = row;
}

/** Moves the rows to the front, so that there is room behind them. */
export function moveToFront(window: RowWindow): void {
  const { data, start, end } = window;
  data.copyWithin(placeOf(window, 0), placeOf(window, start), placeOf(window, end));
  window.start = 0;
  window.end = end - start;
}

/** Moves the rows into an array of another size; a column never gets lost. */
export function resize(window: RowWindow, rows: number, width: number): void {
  const { data: before, width: had, start, end } = window;
  const count = end - start;
  const from = placeOf(window, start);
  const data = new Float64Array(lengthOf(rows, width));
  data.set(before.subarray(0, NEWEST + had));
  if (width === had) data.set(before.subarray(from, placeOf(window, end)), NEWEST + width);
  else {
    data.fill(Number.NaN, NEWEST + had, lengthOf(count, width));
    for (let row = 0; row < count; row++) {
      const own = from + row * (1 + had);
      data.set(before.subarray(own, own + 1 + had), NEWEST + width + row * (1 + width));
    }
  }
  window.data = data;
  window.width = width;
  window.capacity = rows;
  window.start = 0;
  window.end = count;
}

/** Of its rows; what a machine has besides is little. */
export const bytesOf = ({ capacity, width }: RowWindow): number => capacity * (1 + width) * 8;
