import { inScope } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { HistoryQuery, LedgerKind, LedgerQuery, RecordedCell } from '../port.ts';
import type { MemoryContents } from './contents.ts';

/** Records cells; one already there with another revision moves to the history. */
export function recordCells({ cells, history }: MemoryContents, recorded: readonly RecordedCell[]): void {
  for (const cell of recorded) {
    const key = `${cell.grain} ${cell.from} ${cell.machine}`;
    const older = cells.get(key);
    if (older && older.revision !== cell.revision) history.push(older);
    cells.set(key, structuredClone(cell));
  }
}

export function recordedCells(
  { cells }: MemoryContents,
  { grain, scope, from, to }: LedgerQuery,
): readonly RecordedCell[] {
  return [...cells.values()]
    .filter(
      (cell) => cell.grain === grain && cell.from >= from && cell.to <= to && inScope(cell.machine, scope),
    )
    .sort((a, b) => (a.machine === b.machine ? a.from - b.from : a.machine < b.machine ? -1 : 1))
    .map((cell) => structuredClone(cell));
}

export const olderCells = (
  { history }: MemoryContents,
  { machine, grain, from, to }: HistoryQuery,
): readonly RecordedCell[] =>
  history
    .filter((cell) => cell.machine === machine && cell.grain === grain && cell.from >= from && cell.from < to)
    .sort((a, b) => a.from - b.from || a.revision - b.revision)
    .map((cell) => structuredClone(cell));

/** Removes cells of a grain, with their older revisions, or older revisions alone. */
export function purgeCells({ cells, history }: MemoryContents, of: LedgerKind, before: EpochMs): void {
  const isGone = ({ grain, from }: RecordedCell): boolean =>
    from < before && (of === 'revisions' || grain === of);
  history.splice(0, history.length, ...history.filter((cell) => !isGone(cell)));
  if (of === 'revisions') return;
  for (const [key, cell] of cells) if (isGone(cell)) cells.delete(key);
}
