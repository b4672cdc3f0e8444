import type { LedgerSums } from '../domain/ledger-row.ts';
import { type Level, prefixOf } from '../domain/path.ts';
import type { Machine } from '../domain/plant.ts';
import { addSums } from '../domain/sums.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import { DIMENSIONS, type Dimension, type LedgerRow, type RowKey } from './answers.ts';
import type { CellSpan } from './cells.ts';
import { RowDigest } from './digest.ts';
import { type Finality, type FinalityOf, finalityOfAll } from './finality.ts';

/** A cell as accounted or recorded. */
export interface AccountedCell extends LedgerSums {
  readonly digest: string;
  readonly revision: number;
}

/** A row, the highest coverage floor among its machines, and whether it may still change. */
export interface AccountedRow {
  readonly row: LedgerRow;
  readonly coverageFloor: number;
  readonly finality: Finality;
  /** In the order of the digest, where asked for. */
  readonly cells?: readonly CellProof[];
}

/** A cell as a row's digest covers it: machine, from, to, digest. */
export type CellProof = readonly [machine: string, from: EpochMs, to: EpochMs, digest: string];

interface Draft {
  readonly key: RowKey;
  from: EpochMs;
  to: EpochMs;
  sums: LedgerSums | undefined;
  revision: number;
  readonly digest: RowDigest;
  coverageFloor: number;
  finality: Finality;
  readonly cells: CellProof[];
}

const SPATIAL: readonly Dimension[] = ['site', 'area', 'line', 'machine'];

/** Groups cells to rows. Machines are added in path order, each once, with its cells ascending. */
export function createRows(
  by: readonly Dimension[],
  finalityOf: FinalityOf = () => 'final',
  withCells = false,
): {
  add(machine: Machine, spans: readonly CellSpan[], cells: readonly AccountedCell[]): void;
  end(): readonly AccountedRow[];
} {
  const dimensions = DIMENSIONS.filter((dimension) => by.includes(dimension));
  const drafts = new Map<string, Draft>();

  const draftFor = (key: RowKey, at: EpochMs): Draft => {
    const name = JSON.stringify(dimensions.map((dimension) => key[dimension] ?? null));
    const known = drafts.get(name);
    if (known) return known;
    const draft: Draft = {
      key,
      from: at,
      to: at,
      sums: undefined,
      revision: 1,
      digest: new RowDigest(),
      coverageFloor: 0,
      finality: 'final',
      cells: [],
    };
    drafts.set(name, draft);
    return draft;
  };

  return {
    add(machine, spans, cells) {
      const path = JSON.stringify(machine.path);
      for (const { first, end, key } of stretchesOf(spans)) {
        const draft = draftFor(keyOf(dimensions, machine.path, key), (spans[first] as Span).from);
        const whole = first === 0 && end === spans.length;
        const stretch = whole ? spans : spans.slice(first, end);
        const summed = whole ? cells : cells.slice(first, end);
        draft.digest.add(path, stretch, summed);
        if (withCells) draft.cells.push(...proofsOf(machine.path, stretch, summed));
        for (const { revision } of summed) draft.revision += revision - 1;
        draft.from = Math.min(draft.from, (spans[first] as Span).from);
        draft.to = Math.max(draft.to, (spans[end - 1] as Span).to);
        const { from } = spans[first] as Span;
        const finality = finalityOf(machine.path, { from, to: (spans[end - 1] as Span).to });
        draft.finality = finalityOfAll(draft.finality, finality);
        draft.coverageFloor = Math.max(draft.coverageFloor, machine.coverageFloor);
        draft.sums = addSums(draft.sums ? [draft.sums, ...summed] : summed);
      }
    },
    end: () =>
      [...drafts.values()]
        .map((draft) => finish(draft, withCells))
        .sort((a, b) => compareKeys(dimensions, a.row.key, b.row.key) || a.row.from - b.row.from),
  };
}

/** Neighbouring cells of one segment share their key object, and are added in one go. */
function* stretchesOf(
  spans: readonly CellSpan[],
): Generator<{ readonly first: number; readonly end: number; readonly key: CellSpan['key'] }> {
  let first = 0;
  for (let end = 1; end <= spans.length; end++) {
    const { key } = spans[first] as CellSpan;
    if (spans[end]?.key === key) continue;
    yield { first, end, key };
    first = end;
  }
}

/** The names of a row that a machine's time in a stretch belongs to. */
export function keyOf(dimensions: readonly Dimension[], path: string, key: CellSpan['key']): RowKey {
  const entries = dimensions.map((dimension) => [
    dimension,
    SPATIAL.includes(dimension)
      ? prefixOf(path, dimension as Level)
      : (key[dimension as keyof CellSpan['key']] ?? null),
  ]);
  return Object.fromEntries(entries);
}

const proofsOf = (
  machine: string,
  spans: readonly Span[],
  cells: readonly AccountedCell[],
): readonly CellProof[] =>
  spans.map(({ from, to }, index) => [machine, from, to, cells[index]?.digest ?? '']);

function finish(draft: Draft, withCells: boolean): AccountedRow {
  const { key, from, to, sums, revision, digest, coverageFloor, finality, cells } = draft;
  return {
    row: { key, from, to, ...(sums as LedgerSums), revision, digest: digest.end() },
    coverageFloor,
    finality,
    ...(withCells && { cells }),
  };
}

/** By each dimension in turn; time outside every shift comes last. */
export function compareKeys(dimensions: readonly Dimension[], a: RowKey, b: RowKey): number {
  for (const dimension of dimensions) {
    const left = a[dimension] ?? null;
    const right = b[dimension] ?? null;
    if (left === right) continue;
    if (left === null) return 1;
    if (right === null) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}
