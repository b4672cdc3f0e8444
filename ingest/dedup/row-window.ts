import type { EpochMs } from '../../domain/time.ts';

/**
 * The last minutes of a machine: rows sorted by source time, one column a signal, one number a cell (see value-code.ts),
 * NaN where nothing is known. Plain typed arrays, because every observation passes through here.
 */
export interface RowWindow {
  ts: Float64Array;
  cells: Float64Array;
  width: number;
  start: number;
  end: number;
  /** Newest source time of each column, NaN where it has none; not shorter than `width`. */
  newest: Float64Array;
  /** Newest source time of all. */
  heard: EpochMs;
  /** What the store had heard last when the machine came into sight; `undefined`: not asked yet. */
  storedUntil: EpochMs | null | undefined;
  /** A cell not known here may exist nevertheless when its time is at or before this. */
  forgotUpTo: EpochMs;
  /** The group in whose time rows were forgotten last: the store knows them only when that is applied. */
  forgotAtGroup: number;
}

export const newWindow = (): RowWindow => ({
  ts: new Float64Array(0),
  cells: new Float64Array(0),
  width: 0,
  start: 0,
  end: 0,
  newest: new Float64Array(0),
  heard: Number.NEGATIVE_INFINITY,
  storedUntil: undefined,
  forgotUpTo: Number.NEGATIVE_INFINITY,
  forgotAtGroup: 0,
});

/** The first row at or after an instant. */
export function rowFrom(window: RowWindow, ts: EpochMs): number {
  let low = window.start;
  let high = window.end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((window.ts[middle] as number) < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The row of exactly this instant, or -1. */
export function rowAt(window: RowWindow, ts: EpochMs): number {
  const row = rowFrom(window, ts);
  return row < window.end && window.ts[row] === ts ? row : -1;
}

export const cellAt = (window: RowWindow, row: number, column: number): number =>
  column < window.width ? (window.cells[row * window.width + column] as number) : Number.NaN;

/** Newest source time of a column, `undefined` where it has none. */
export function newestOf({ newest }: RowWindow, column: number): EpochMs | undefined {
  const ts = newest[column];
  return ts === undefined || Number.isNaN(ts) ? undefined : ts;
}

export function setCell(window: RowWindow, row: number, column: number, code: number): void {
  window.cells[row * window.width + column] = code;
}

/** Opens an empty row for an instant that has none; there must be room. */
export function insertRow(window: RowWindow, ts: EpochMs): number {
  const { width } = window;
  const row =
    window.end === window.start || ts > (window.ts[window.end - 1] as number)
      ? window.end
      : rowFrom(window, ts);
  if (row < window.end) {
    window.ts.copyWithin(row + 1, row, window.end);
    window.cells.copyWithin((row + 1) * width, row * width, window.end * width);
  }
  window.end++;
  window.ts[row] = ts;
  // A loop, since calling `fill` for so few costs more.
  for (let at = row * width, end = at + width; at < end; at++) window.cells[at] = Number.NaN;
  return row;
}

/** Drops the oldest rows before `row`. */
export function forgetBefore(window: RowWindow, row: number, group: number): void {
  if (row <= window.start) return;
  window.forgotUpTo = Math.max(window.forgotUpTo, window.ts[row - 1] as number);
  window.forgotAtGroup = group;
  window.start = row;
}

/** Moves the rows to the front of their arrays, so that there is room behind them. */
export function moveToFront(window: RowWindow): void {
  const { ts, cells, start, end, width } = window;
  ts.copyWithin(0, start, end);
  cells.copyWithin(0, start * width, end * width);
  window.start = 0;
  window.end = end - start;
}

/** Moves the rows into arrays of another size; a column never gets lost. */
export function resize(window: RowWindow, rows: number, width: number): void {
  const count = window.end - window.start;
  const ts = new Float64Array(rows);
  ts.set(window.ts.subarray(window.start, window.end));
  const cells = new Float64Array(rows * width);
  if (width === window.width) cells.set(window.cells.subarray(window.start * width, window.end * width));
  else {
    cells.fill(Number.NaN);
    for (let row = 0; row < count; row++) {
      const from = (window.start + row) * window.width;
      cells.set(window.cells.subarray(from, from + window.width), row * width);
    }
  }
  if (width > window.newest.length) {
    const newest = new Float64Array(width).fill(Number.NaN);
    newest.set(window.newest);
    window.newest = newest;
  }
  Object.assign(window, { ts, cells, width, start: 0, end: count });
}

export const bytesOf = (window: RowWindow): number => window.ts.byteLength + window.cells.byteLength;
