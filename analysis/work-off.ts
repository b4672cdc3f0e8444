import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import { LONGEST_CELL_MS, type WholeCell } from './cells.ts';
import { createCutter, STRETCH_MS, stretchEnd } from './closed-cells.ts';
import type { LedgerMark, LedgerMarks } from './ledger-marks.ts';
import type { Members } from './members.ts';
import { type Part, partition } from './partition.ts';
import type { Passes } from './passes.ts';
import { provableFrom, type RawHorizons } from './raw-horizon.ts';
import { type PartRecording, recordPart } from './record-part.ts';
import { lookaheadMs } from './trust.ts';

/** Cells that are held at once. */
const PART_CELLS = 6_000;
/** Cells of an hour: itself, and its share of shifts and days. */
const CELLS_PER_MS = 1.1 / 3_600_000;
/** Such stretches that are worked off before it is seen what else closed. */
const MOST_FAR = 8;

export interface WorkingOff extends PartRecording {
  readonly members: Members;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly asOf: EpochMs;
  readonly taken: readonly LedgerMark[];
  /** Kept from call to call. */
  readonly passes: Passes;
  readonly stopping: AbortSignal;
  /** Told before the first and after each part: cells worked through, and about how many are left. */
  readonly progress: (done: { readonly cells: number; readonly left: number }) => void;
}

export interface WorkedOff {
  /** Cells written. */
  readonly changed: number;
  /** Marks of machines that go far back begin later now, and are still there. */
  readonly goesOn: boolean;
}

/**
 * Works marks off: machines that go back a little first, all of them, then some stretches of those that go back for years,
 * as one whose clock fell back. Of these a mark moves on with each stretch, so that what comes of others meanwhile is
 * recorded between two, and nothing is made twice where the recorder is stopped.
 */
export async function workOff({
  members,
  horizons,
  taken,
  passes,
  progress,
  ...recording
}: WorkingOff): Promise<WorkedOff> {
  const { store, marks, asOf, stopping } = recording;
  const removed = horizons.all();
  const reachOf = (path: MachinePath): DurationMs => lookaheadMs(members.at(path).machine);
  const provableOf = (path: MachinePath): EpochMs =>
    provableFrom(members.at(path).machine, removed.get(path));
  /** In which the cells end that marks of a machine reach. */
  const spanOf = (path: MachinePath, own: readonly LedgerMark[]): Span => {
    const until = marks.recordedUntil(path);
    const from = own.reduce((earliest, mark) => Math.min(earliest, mark.from), Number.POSITIVE_INFINITY);
    const reach = reachOf(path);
    return { from: Math.max(from - reach, provableOf(path)), to: (until ?? from) - reach };
  };
  const byMachine = new Map(
    [...Map.groupBy(taken, ({ machine }) => machine)].map(([path, own]) => {
      const isFar = lengthOf(spanOf(path, own)) > STRETCH_MS;
      return [path, passes.next(path, own, isFar)];
    }),
  );
  const spans = [...byMachine].map(([path, own]) => [path, spanOf(path, own)] as const);
  const near = new Map(spans.filter(([, span]) => lengthOf(span) <= STRETCH_MS));
  const far = spans
    .filter(([path]) => !near.has(path))
    .sort(([a, one], [b, other]) => lengthOf(one) - lengthOf(other) || (a < b ? -1 : 1));
  const cut = createCutter();
  const cellsIn = (path: MachinePath, span: Span): readonly WholeCell[] => {
    const provable = provableOf(path);
    return cut(members.at(path).site, span).filter((cell) => cell.from >= provable);
  };
  // Read before any fact: who says something later finds the machine recorded.
  const said = new Map(
    [...byMachine.keys()].map((path) => [path, marks.marksOf(path).filter(({ saysOnly }) => saysOnly)]),
  );
  const marksOf = (path: MachinePath) => [...(said.get(path) ?? []), ...(byMachine.get(path) ?? [])];
  /** What only said why is done with where every cell that it reaches is recorded. */
  const workedOff = (path: MachinePath, first: WholeCell | undefined) =>
    marksOf(path)
      .filter((mark) => !mark.saysOnly || mark.from >= (first?.from ?? Number.POSITIVE_INFINITY))
      .map(({ id }) => id);

  const cells = new Map([...near].map(([path, span]) => [path, cellsIn(path, span)]));
  const cellsOf = (path: MachinePath): readonly WholeCell[] => cells.get(path) ?? [];
  let changed = 0;
  let through = 0;
  let left = cells.values().reduce((sum, own) => sum + own.length, 0);
  for (const [, span] of far) left += Math.round(lengthOf(span) * CELLS_PER_MS);
  const worked = (done: number, planned = done): void => {
    through += done;
    left -= planned;
    progress({ cells: through, left });
  };
  worked(0);
  for (const part of nearParts({ members, paths: [...near.keys()], cellsOf })) {
    if (stopping.aborted) return { changed, goesOn: false };
    const whole = await recordPart(recording, { part, cellsOf, marksOf, isSilent: false, asOf, stopping });
    changed += whole.changed;
    // What isn't recorded keeps its marks.
    if (!whole.done) return { changed, goesOn: false };
    const paths = part.members.map(({ machine }) => machine.path);
    marks.clearMarks(paths.flatMap((path) => workedOff(path, cellsOf(path)[0])));
    for (const path of paths) passes.end(path);
    worked(paths.reduce((sum, path) => sum + cellsOf(path).length, 0));
  }
  for (const [path, span] of far.slice(0, MOST_FAR)) {
    if (stopping.aborted) return { changed, goesOn: false };
    const member = members.at(path);
    const stretch = { from: span.from, to: stretchEnd(span.from) };
    const own = cellsIn(path, stretch);
    const around = { from: stretch.from - LONGEST_CELL_MS, to: stretch.to + reachOf(path) };
    const [heard] = await store.heardIn({ machines: [path], spans: [around] });
    const whole = await recordPart(recording, {
      part: { members: [member], scopes: [path] },
      cellsOf: () => own,
      marksOf,
      isSilent: heard?.[0] === false,
      asOf,
      stopping,
    });
    changed += whole.changed;
    if (!whole.done) return { changed, goesOn: false };
    marks.moveMarks(workedOff(path, own[0]), stretch.to + reachOf(path));
    worked(own.length, Math.round(lengthOf(stretch) * CELLS_PER_MS));
  }
  return { changed, goesOn: far.length > 0 };
}

const lengthOf = ({ from, to }: Span): DurationMs => to - from;

interface Near {
  readonly members: Members;
  readonly paths: readonly MachinePath[];
  readonly cellsOf: (path: MachinePath) => readonly WholeCell[];
}

/** Machines in parts that are held at once, those that go back least first: one whose clock was behind keeps nobody waiting. */
function* nearParts({ members, paths, cellsOf }: Near): Generator<Part> {
  // Machines that go back about as far go together: a recorded stretch is read for all of them.
  const groups = Map.groupBy(paths.toSorted(), (path) => Math.ceil(Math.log2(cellsOf(path).length + 1)));
  const alike = [...groups].sort(([one], [other]) => one - other).map(([, own]) => own);
  for (const own of alike) {
    const parts = partition({
      members: own.map(members.at),
      scope: '',
      cellsOf: ({ machine }) => cellsOf(machine.path).length,
      limit: PART_CELLS,
    });
    for (const part of parts) yield narrowed(part, cellsOf);
  }
}

/** Reads one machine's recorded cells at a time where a common scope would bring much that nobody wants. */
function narrowed(part: Part, cellsOf: (path: MachinePath) => readonly WholeCell[]): Part {
  const paths = part.members.map(({ machine }) => machine.path);
  const most = Math.max(...paths.map((path) => cellsOf(path).length));
  return paths.length >= 20 && most <= 200 ? part : { ...part, scopes: paths };
}
