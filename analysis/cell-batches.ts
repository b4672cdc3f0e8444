import type { NewCell } from './write-cells.ts';

/** Cells that are written together. */
const BATCH_CELLS = 2_000;
/** Cells that may wait for the store while more are accounted. */
const MOST_WAITING = 2_000;

/** Cells on their way to the store: they are written while the next are accounted, and held no longer. */
export interface CellBatches {
  add(cell: NewCell): void;
  /** For whoever accounts: to be awaited before more cells are made, where too many wait. */
  room(): Promise<void> | undefined;
  /** Writes what is left, and waits for all; gives the number of cells. Rejects with what the store said. */
  end(): Promise<number>;
}

/** `write` is called for one batch after another, never for two at once. */
export function createCellBatches(write: (cells: readonly NewCell[]) => Promise<void>): CellBatches {
  let batch: NewCell[] = [];
  let [waiting, all] = [0, 0];
  let writing: Promise<void> = Promise.resolve();
  const flush = (): void => {
    const cells = batch;
    batch = [];
    waiting += cells.length;
    all += cells.length;
    writing = writing.then(async () => {
      await write(cells);
      waiting -= cells.length;
    });
    // Awaited in `end`; accounting may fail first.
    writing.catch(() => {});
  };
  return {
    add(cell) {
      batch.push(cell);
      if (batch.length === BATCH_CELLS) flush();
    },
    room: () => (waiting > MOST_WAITING ? writing : undefined),
    async end() {
      if (batch.length > 0) flush();
      await writing;
      return all;
    },
  };
}
