import type { MachinePath } from '../domain/path.ts';
import type { Span } from '../domain/time.ts';
import type { Grain, RecordedCell, Store } from '../store/port.ts';
import { type CellSpan, LONGEST_CELL_MS } from './cells.ts';
import type { Part } from './partition.ts';

const GRAINS: readonly Grain[] = ['hour', 'shift', 'day'];

/**
 * The recorded cells of a part's machines, by machine, at the index of the cell that is wanted; `undefined` where
 * nothing is recorded of it. A shift or day that a former calendar ended otherwise is given as it is recorded. Cells
 * without a grain are never recorded.
 */
export async function recordedCells({
  store,
  part,
  cellsOf,
  withoutKpis = true,
}: {
  readonly store: Pick<Store, 'recordedLedger'>;
  readonly part: Part;
  /** The cells wanted; the same array for machines that share a calendar. */
  readonly cellsOf: (path: MachinePath) => readonly CellSpan[];
  /** Their figures may be left out. */
  readonly withoutKpis?: boolean;
}): Promise<ReadonlyMap<MachinePath, readonly (RecordedCell | undefined)[]>> {
  const wanted = new Map(part.members.map(({ machine }) => [machine.path, cellsOf(machine.path)]));
  const found = new Map(
    [...wanted].map(([path, cells]) => [path, new Array<RecordedCell | undefined>(cells.length)]),
  );
  const lists = new Set(wanted.values());
  for (const grain of GRAINS) {
    const indexes = new Map([...lists].map((cells) => [cells, indexOf(cells, grain)]));
    for (const { from, to: end } of stretchesOf(lists, grain)) {
      // One that a former calendar ended otherwise may end that much later.
      const to = grain === 'hour' ? end : end + LONGEST_CELL_MS;
      for (const scope of part.scopes) {
        for (const cell of await store.recordedLedger({ grain, scope, from, to, withoutKpis })) {
          const cells = wanted.get(cell.machine);
          const index = cells && indexes.get(cells)?.get(cell.from);
          if (index === undefined) continue;
          (found.get(cell.machine) as (RecordedCell | undefined)[])[index] = cell;
        }
      }
    }
  }
  return found;
}

function indexOf(cells: readonly CellSpan[], grain: Grain): ReadonlyMap<number, number> {
  const index = new Map<number, number>();
  for (const [position, cell] of cells.entries()) if (cell.grain === grain) index.set(cell.from, position);
  return index;
}

/** Where cells of a grain are wanted, as few and short stretches: what is read behind one anyway parts none. */
function stretchesOf(lists: Iterable<readonly CellSpan[]>, grain: Grain): readonly Span[] {
  const spans = [...lists].flatMap((cells) => cells.filter((cell) => cell.grain === grain));
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
    const last = stretches.at(-1);
    if (last && from <= last.to + (grain === 'hour' ? 0 : LONGEST_CELL_MS)) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return stretches;
}
