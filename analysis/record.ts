import type { Kpi } from '../domain/formula.ts';
import type { Reading } from '../domain/observation.ts';
import type { MachinePath } from '../domain/path.ts';
import { revisionOf } from '../domain/revision.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { accountCells } from './account.ts';
import { accounted } from './accounted.ts';
import { announce } from './announce.ts';
import type { WholeCell } from './cells.ts';
import { createChanges } from './changes.ts';
import { createCutter } from './closed-cells.ts';
import type { DayTallies } from './day-tallies.ts';
import { createCheckKeeper } from './keep-checks.ts';
import type { KeptChecks } from './kept-checks.ts';
import type { LedgerMark, LedgerMarks } from './ledger-marks.ts';
import type { Members } from './members.ts';
import { createNothingClosed, type NothingClosed } from './nothing-closed.ts';
import { type Part, partition } from './partition.ts';
import { provableFrom, type RawHorizons } from './raw-horizon.ts';
import { recordedCells } from './recorded.ts';
import type { RevisionLog } from './revision-log.ts';
import { contentOf, type Served, versionOf } from './served.ts';
import type { StreamPrints } from './stream-prints.ts';
import { tallyDays } from './tally-days.ts';
import { lookaheadMs } from './trust.ts';
import { type NewCell, servedIn, writeCells } from './write-cells.ts';

/** Marks that are worked off together. */
const MOST_MARKS = 100_000;
/** Cells that are held at once. */
const PART_CELLS = 6_000;
/** Cells that are written together. */
const BATCH_CELLS = 2_000;
/** Cells that may wait for the store while more are accounted. */
const MOST_WAITING = 2_000;
const MOST_ROUNDS = 5;

interface Recording {
  readonly store: Pick<
    Store,
    'facts' | 'recordedLedger' | 'recordLedger' | 'heardIn' | 'signalNames' | 'ranges'
  >;
  readonly members: Members;
  readonly marks: LedgerMarks;
  readonly served: Served;
  readonly tallies: DayTallies;
  readonly prints: StreamPrints;
  readonly kept: KeptChecks;
  readonly revisions: RevisionLog;
  readonly horizons: RawHorizons;
  /** How long after its end a cell is final. */
  readonly finalAfterMs: DurationMs;
  /** The KPIs whose integers are recorded. */
  readonly catalogue: readonly Kpi[];
  readonly now: () => EpochMs;
  /** Told when marks begin to be worked off, and after each part of that. */
  readonly progress?: ((done: RecordingProgress) => void) | undefined;
}

/** How many cells a recording has worked through, of how many; some turn out the same as before. */
export interface RecordingProgress {
  readonly cells: number;
  readonly ofCells: number;
}

export interface Recorder {
  /** Returns the number of cells written. Calls follow one another, never overlap. */
  record(): Promise<number>;
  /** Works between two recordings, so that no two write the same cells. */
  between<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Told what came; who isn't told looks a little later. */
  heard(readings: readonly Reading[]): void;
  /** Ends a running `record` at the next machine group; what is left stays marked. */
  stop(): Promise<void>;
}

/**
 * Brings the recorded ledger up to date: first announces what has closed, then works every mark off. A cell is written
 * only where its content changed, with the next revision. Stopped at any point, it goes on where it stood.
 */
export function createRecorder(recording: Recording): Recorder {
  const stopping = new AbortController();
  const nothingClosed = createNothingClosed();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const run = last.then(() => work(stopping.signal));
    last = run.catch(() => undefined);
    return run;
  };
  return {
    record: () => inTurn((signal) => record({ ...recording, nothingClosed, stopping: signal })),
    between: inTurn,
    heard: nothingClosed.heard,
    async stop() {
      stopping.abort();
      await last;
    },
  };
}

interface Round extends Recording {
  readonly nothingClosed: NothingClosed;
  readonly stopping: AbortSignal;
}

async function record({ now, nothingClosed, ...round }: Round): Promise<number> {
  if (round.stopping.aborted) return 0;
  await announce({ ...round, now: now(), nothingClosed });
  let changed = 0;
  for (let turn = 0; turn < MOST_ROUNDS; turn++) {
    const taken = round.marks.takeMarks(MOST_MARKS);
    if (taken.length === 0) break;
    changed += await workOff({ ...round, asOf: now(), taken });
  }
  return changed;
}

async function workOff({
  members,
  marks,
  horizons,
  asOf,
  taken,
  stopping,
  progress,
  ...recording
}: Omit<Round, 'now' | 'nothingClosed'> & {
  readonly asOf: EpochMs;
  readonly taken: readonly LedgerMark[];
}): Promise<number> {
  const byMachine = Map.groupBy(taken, (mark) => mark.machine);
  const cells = new Map<MachinePath, readonly WholeCell[]>();
  const removed = horizons.all();
  const cut = createCutter();
  for (const [path, own] of byMachine) {
    const member = members.at(path);
    const until = marks.recordedUntil(path);
    const from = own.reduce((earliest, mark) => Math.min(earliest, mark.from), Number.POSITIVE_INFINITY);
    const reach = lookaheadMs(member.machine);
    const provable = provableFrom(member.machine, removed.get(path));
    const span = { from: from - reach, to: (until ?? from) - reach };
    cells.set(
      path,
      cut(member.site, span).filter((cell) => cell.from >= provable),
    );
  }
  const cellsOf = (path: MachinePath): readonly WholeCell[] => cells.get(path) ?? [];
  // Machines that go back about as far go together: a recorded stretch is read for all of them.
  const groups = Map.groupBy([...byMachine.keys()].sort(), (path) =>
    Math.ceil(Math.log2(cellsOf(path).length + 1)),
  );
  // Those that go back least come first: one whose clock was years behind keeps nobody waiting who closed an hour.
  const alike = [...groups].sort(([one], [other]) => one - other).map(([, paths]) => paths);
  // Read before any fact: who says something later finds the machine recorded.
  const said = new Map(
    [...byMachine.keys()].map((path) => [path, marks.marksOf(path).filter(({ saysOnly }) => saysOnly)]),
  );
  const marksOf = (path: MachinePath) => [...(said.get(path) ?? []), ...(byMachine.get(path) ?? [])];
  /** What only said why is done with where every cell that it reaches is recorded. */
  const workedOff = (path: MachinePath) => {
    const from = cellsOf(path)[0]?.from ?? Number.POSITIVE_INFINITY;
    return marksOf(path).filter((mark) => !mark.saysOnly || mark.from >= from);
  };
  let changed = 0;
  const through = { cells: 0, ofCells: cells.values().reduce((sum, own) => sum + own.length, 0) };
  progress?.({ ...through });
  for (const paths of alike) {
    for (const part of partition({
      members: paths.map(members.at),
      scope: '',
      cellsOf: ({ machine }) => cellsOf(machine.path).length,
      limit: PART_CELLS,
    })) {
      if (stopping.aborted) return changed;
      const whole = await recordPart({
        ...recording,
        marks,
        part: narrowed(part, cellsOf),
        cellsOf,
        marksOf,
        asOf,
        stopping,
      });
      changed += whole.changed;
      // What isn't recorded keeps its marks.
      if (!whole.done) return changed;
      marks.clearMarks(part.members.flatMap(({ machine }) => workedOff(machine.path).map((mark) => mark.id)));
      for (const { machine } of part.members) through.cells += cellsOf(machine.path).length;
      progress?.({ ...through });
    }
  }
  return changed;
}

/** Reads one machine's recorded cells at a time where a common scope would bring much that nobody wants. */
function narrowed(part: Part, cellsOf: (path: MachinePath) => readonly WholeCell[]): Part {
  const paths = part.members.map(({ machine }) => machine.path);
  const most = Math.max(...paths.map((path) => cellsOf(path).length));
  return paths.length >= 20 && most <= 200 ? part : { ...part, scopes: paths };
}

async function recordPart({
  store,
  marks,
  served,
  tallies,
  prints,
  kept,
  revisions,
  finalAfterMs,
  catalogue,
  part,
  cellsOf,
  marksOf,
  asOf,
  stopping,
}: Pick<
  Recording,
  'store' | 'marks' | 'served' | 'tallies' | 'prints' | 'kept' | 'revisions' | 'finalAfterMs' | 'catalogue'
> & {
  readonly part: Part;
  readonly marksOf: (path: MachinePath) => readonly LedgerMark[];
  readonly cellsOf: (path: MachinePath) => readonly WholeCell[];
  readonly asOf: EpochMs;
  readonly stopping: AbortSignal;
}): Promise<{ readonly changed: number; readonly done: boolean }> {
  const before = await recordedCells({ store, part, cellsOf });
  let changed = 0;
  const changes = createChanges({ store, marks, revisions, finalAfterMs, marksOf, asOf });
  let batch: NewCell[] = [];
  let waiting = 0;
  const answeredOf = servedIn(served, marks);
  /** What the store took before the last recording was cut off. */
  const standing: Parameters<Served['recorded']>[0][number][] = [];
  let writing: Promise<void> = Promise.resolve();
  /** Cells are written while the next are accounted, and held no longer. */
  const write = (): void => {
    const cells = batch;
    batch = [];
    changed += cells.length;
    waiting += cells.length;
    writing = writing.then(async () => {
      await writeCells({ store, served, marks, changes, catalogue }, cells);
      waiting -= cells.length;
    });
    // Awaited below; accounting may fail first.
    writing.catch(() => {});
  };
  const checks = createCheckKeeper({ store, prints, kept });
  const tasks = part.members.map((member) => {
    const { machine } = member;
    const cells = cellsOf(machine.path);
    const look = checks.lookFor(member);
    return {
      member,
      cells,
      ...(look && { look }),
      put: (index: number, result: Parameters<typeof accounted>[1]): void => {
        stopping.throwIfAborted();
        const old = before.get(machine.path)?.[index];
        const whole = cells[index] as WholeCell;
        const { from, to, grain, key } = whole;
        checks.hour(machine.path, whole, result);
        const cell = { machine: machine.path, from, to, grain, ...accounted(machine, result), ...key };
        const recorded = old && versionOf(old);
        const { answered } = answeredOf({ member, cell }, recorded);
        const revision = revisionOf(contentOf(cell), recorded, ...answered);
        if (old?.revision !== revision) batch.push({ member, cell, old });
        else if (answered.length > 0) standing.push({ ...cell, ...versionOf({ ...cell, revision }) });
        if (batch.length === BATCH_CELLS) write();
      },
    };
  });
  try {
    const afterEach = () => (waiting > MOST_WAITING ? writing : undefined);
    await accountCells({ store, tasks, asOf, afterEach });
    await tallyDays({ store, tallies, members: part.members, cellsOf, asOf, signal: stopping });
    await checks.end(part.members, cellsOf, stopping);
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
  if (batch.length > 0) write();
  await writing;
  if (!stopping.aborted) await changes.compare();
  served.recorded(standing);
  return { changed, done: !stopping.aborted };
}
