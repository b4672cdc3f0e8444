import type { Reading, SignalValue } from '../../domain/observation.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { MachineEntry, Shape } from '../guard/machines.ts';
import {
  bytesOf,
  cellAt,
  forgetBefore,
  forgetUpTo,
  forgotUpTo,
  hear,
  hearColumn,
  heardOf,
  insertRow,
  moveToFront,
  newestOf,
  type RowWindow,
  resize,
  rowAt,
  rowFrom,
  setCell,
  tsOf,
} from './row-window.ts';
import { createValueCodes } from './value-code.ts';

/** Semantics, "Durable, and the books": duplicates are recognised within the last 10 minutes of source time per series. */
export const DEDUP_WINDOW_MS = 600_000;

const FEWEST_ROWS = 8;
/** Half as much again: a thousand windows that doubled would stand a quarter empty. Small ones double: making arrays costs more. */
const GROWTH = 1.5;
const DOUBLED_ROWS = 64;

const grown = (rows: number): number => (rows < DOUBLED_ROWS ? 2 * rows : Math.ceil(rows * GROWTH));

/** What became of the observations of one reading: indexes into its signals. */
export interface Verdict {
  readonly kept: readonly number[];
  /** Those of `kept` that correct another value, and that other one; `null`: it isn't known any more. */
  readonly replaced: readonly number[];
  readonly before: readonly (SignalValue | null)[];
  readonly duplicates: number;
}

/** What the store holds at the reading's instant; `unknown` where it wasn't asked, or may not have everything yet. */
export type Recalled = Reading | 'nothing' | 'unknown';

export interface DedupOptions {
  /** For all machines together; the oldest rows go first. */
  readonly maxBytes: number;
  readonly windowMs?: number;
  /** Texts that are told apart by a number. */
  readonly mostTexts?: number | undefined;
}

/** Remembers the last minutes of every machine, so that duplicates and corrections are told without asking the store. */
export function createDedupMemory({ maxBytes, windowMs = DEDUP_WINDOW_MS, mostTexts }: DedupOptions) {
  const codes = createValueCodes(mostTexts);
  const windows: RowWindow[] = [];
  let usedBytes = 0;
  let hand = 0;

  function reshape(window: RowWindow, rows: number, width: number): void {
    usedBytes -= bytesOf(window);
    resize(window, rows, width);
    usedBytes += bytesOf(window);
  }

  function makeRoom(window: RowWindow, columns: number, group: number): void {
    if (window.end < window.capacity && columns <= window.width) return;
    if (columns <= window.width && window.start > window.capacity / 2) {
      moveToFront(window);
      return;
    }
    if (window.capacity === 0) windows.push(window);
    const count = window.end - window.start;
    const width = Math.max(columns, window.width);
    const rows = Math.max(FEWEST_ROWS, count < window.capacity / 2 ? window.capacity : grown(count));
    const bytes = rows * (width + 1) * 8;
    const neededBytes = bytes - bytesOf(window);
    const isLarge = bytes > partBytes() && width === window.width && count > FEWEST_ROWS;
    if (isLarge && usedBytes + neededBytes > maxBytes) {
      // It would be more than its part: it lets go of its own, and nothing has to be made anew.
      forgetBefore(window, window.start + (count >>> 1), group);
      moveToFront(window);
      return;
    }
    reclaim(neededBytes, group);
    reshape(window, rows, width);
  }

  /** What each window may have where all want as much. */
  const partBytes = (): number => maxBytes / windows.length;

  /** Halves windows that have more than their part, one after another, until there is room. */
  function reclaim(neededBytes: number, group: number): void {
    for (let step = 0; step < windows.length && usedBytes + neededBytes > maxBytes; step++) {
      hand = (hand + 1) % windows.length;
      const window = windows[hand] as RowWindow;
      if (bytesOf(window) <= partBytes()) continue;
      const count = window.end - window.start;
      if (count > FEWEST_ROWS) forgetBefore(window, window.start + (count >>> 1), group);
      const rows = Math.max(FEWEST_ROWS, window.end - window.start);
      if (rows < window.capacity) reshape(window, rows, window.width);
    }
  }

  /** Lets go of what is older than the window. */
  function trim(window: RowWindow, group: number): void {
    const oldest = heardOf(window) - windowMs;
    if (window.start < window.end && tsOf(window, window.start) <= oldest) {
      forgetBefore(window, rowFrom(window, oldest + 1), group);
    }
  }

  function writeRow(
    window: RowWindow,
    row: number,
    shape: Shape,
    ts: EpochMs,
    values: readonly SignalValue[],
  ): void {
    const { columns } = shape;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index] as number;
      setCell(window, row, column, codes.codeOf(values[index] as SignalValue));
      hearColumn(window, column, ts);
    }
  }

  /** Takes note of values that were journalled: at the fast end, or somewhere in the middle. */
  function remember(shape: Shape, ts: EpochMs, values: readonly SignalValue[], group: number): void {
    const { window } = shape.machine;
    if (window.end === window.capacity || shape.width > window.width)
      makeRoom(window, shape.machine.signals.size, group);
    hear(window, ts);
    const newest = window.end === window.start ? Number.NEGATIVE_INFINITY : tsOf(window, window.end - 1);
    let row = ts > newest ? -1 : rowAt(window, ts);
    if (row === -1) row = insertRow(window, ts);
    writeRow(window, row, shape, ts, values);
    trim(window, group);
  }

  /** Where a series' window begins. A series not heard since the start is taken to be as far as its machine. */
  const windowStart = (window: RowWindow, column: number | undefined): EpochMs =>
    ((column === undefined ? undefined : newestOf(window, column)) ?? window.storedUntil ?? heardOf(window)) -
    windowMs;

  return {
    remember,

    /**
     * Whether only the store can tell what exists at an instant, and has applied what was forgotten here: before that,
     * its answer could be older than a correction that is still on its way.
     */
    mustAskStore(machine: MachineEntry, { ts, signals, values }: Reading, appliedGroup: number): boolean {
      const { window } = machine;
      if (isNewsIn(window, ts) || appliedGroup < window.forgotAtGroup) return false;
      const row = rowAt(window, ts);
      let must = false;
      for (let index = 0; index < signals.length; index++) {
        const column = machine.signals.get(signals[index] as string)?.column;
        if (column === undefined || ts <= windowStart(window, column)) continue;
        const code = row === -1 ? Number.NaN : cellAt(window, row, column);
        if (Number.isNaN(code)) must ||= ts <= forgotUpTo(window);
        // Held, but beyond what memory can compare: it may not be applied yet, so it counts as news.
        else if (!codes.tells(code, values[index] as SignalValue)) return false;
      }
      return must;
    },

    /** Whether nothing can exist at the instant: the way that nearly every reading takes. */
    isNews: ({ window }: MachineEntry, ts: EpochMs): boolean => isNewsIn(window, ts),

    /** Tells news from duplicates and corrections. `recalled` counts only where nothing is remembered. */
    judge(shape: Shape, ts: EpochMs, values: readonly SignalValue[], recalled: Recalled): Verdict {
      const { window } = shape.machine;
      const row = rowAt(window, ts);
      const kept: number[] = [];
      const replaced: number[] = [];
      const others: (SignalValue | null)[] = [];
      for (let index = 0; index < values.length; index++) {
        const column = shape.columns[index] as number;
        const value = values[index] as SignalValue;
        const code = row === -1 ? Number.NaN : cellAt(window, row, column);
        let before: 'none' | 'same' | 'other' = 'none';
        let other: SignalValue | null = null;
        if (!Number.isNaN(code) && codes.tells(code, value)) {
          before = codes.codeOf(value) === code ? 'same' : 'other';
          if (before === 'other') other = codes.valueOf(code, value);
        } else if (typeof recalled === 'object' && ts > windowStart(window, column)) {
          const at = recalled.signals.indexOf(shape.signals[index] as string);
          if (at !== -1) {
            before = recalled.values[at] === value ? 'same' : 'other';
            other = recalled.values[at] ?? null;
          }
        }
        if (before === 'same') continue;
        if (before === 'other') {
          replaced.push(index);
          others.push(other);
        }
        kept.push(index);
      }
      return { kept, replaced, before: others, duplicates: values.length - kept.length };
    },

    /** The next free instant for values that came without one: after all that their series have heard. */
    nextInstant({ window }: MachineEntry, columns: readonly number[], receivedAt: EpochMs): EpochMs {
      let ts = receivedAt;
      for (const column of columns) {
        const newest = newestOf(window, column) ?? window.storedUntil;
        if (newest !== undefined && newest !== null && newest >= ts) ts = newest + 1;
      }
      return ts;
    },

    /** The store refused values after all: they may come again. `null`: all of the instant. */
    forget({ window, signals }: MachineEntry, ts: EpochMs, signal: string | null): void {
      const row = rowAt(window, ts);
      if (row === -1) return;
      for (const { name, column } of signals.values()) {
        // A signal that was met and of which nothing was taken yet has no column.
        if (column < window.width && (signal === null || signal === name))
          setCell(window, row, column, Number.NaN);
      }
    },

    /**
     * A group that was judged came to nothing: nobody knows any more what is held, so all of it is asked from the store, and
     * in doubt counts as news.
     */
    forgetAll(group: number): void {
      for (const window of windows) forgetBefore(window, window.end, group);
    },

    /** What the store has heard of a machine, asked once. */
    meet({ window }: MachineEntry, storedUntil: EpochMs | null): void {
      window.storedUntil = storedUntil;
      if (storedUntil !== null) {
        forgetUpTo(window, storedUntil);
        hear(window, storedUntil);
      }
    },

    usedBytes: () => usedBytes,
  };
}

const isNewsIn = (window: RowWindow, ts: EpochMs): boolean => ts > heardOf(window) && ts > forgotUpTo(window);

export type DedupMemory = ReturnType<typeof createDedupMemory>;
