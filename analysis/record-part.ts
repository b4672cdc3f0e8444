import type { Kpi } from '../domain/formula.ts';
import type { MachinePath } from '../domain/path.ts';
import { revisionOf } from '../domain/revision.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { accountCells } from './account.ts';
import { accounted } from './accounted.ts';
import { createCellBatches } from './cell-batches.ts';
import type { WholeCell } from './cells.ts';
import { createChanges } from './changes.ts';
import type { DayTallies } from './day-tallies.ts';
import { createCheckKeeper } from './keep-checks.ts';
import type { KeptChecks } from './kept-checks.ts';
import type { LedgerMark, LedgerMarks } from './ledger-marks.ts';
import type { Part } from './partition.ts';
import { recordedCells } from './recorded.ts';
import type { RevisionLog } from './revision-log.ts';
import { contentOf, type Served, versionOf } from './served.ts';
import type { StreamPrints } from './stream-prints.ts';
import { tallyDays } from './tally-days.ts';
import { servedIn, writeCells } from './write-cells.ts';

/** Where cells are recorded, with all that is recorded beside them. */
export interface PartRecording {
  readonly store: Pick<
    Store,
    'facts' | 'recordedLedger' | 'recordLedger' | 'heardIn' | 'signalNames' | 'ranges'
  >;
  readonly marks: Pick<LedgerMarks, 'documentOf'>;
  readonly served: Served;
  readonly tallies: DayTallies;
  readonly prints: StreamPrints;
  readonly kept: KeptChecks;
  readonly revisions: RevisionLog;
  /** How long after its end a cell is final. */
  readonly finalAfterMs: DurationMs;
  /** The KPIs whose integers are recorded. */
  readonly catalogue: readonly Kpi[];
}

/** Cells of some machines, which are all held at once. */
export interface RecordedPart {
  readonly part: Part;
  readonly cellsOf: (path: MachinePath) => readonly WholeCell[];
  /** Why the cells may be others than they are recorded. */
  readonly marksOf: (path: MachinePath) => readonly LedgerMark[];
  /** Nothing was heard of the machines around any of the cells: little need be read of them, however many they are. */
  readonly isSilent: boolean;
  readonly asOf: EpochMs;
  readonly stopping: AbortSignal;
}

/** Makes cells of facts and writes those whose content changed. `done`: it wasn't stopped midway. */
export async function recordPart(
  { store, marks, served, tallies, prints, kept, revisions, finalAfterMs, catalogue }: PartRecording,
  { part, cellsOf, marksOf, isSilent, asOf, stopping }: RecordedPart,
): Promise<{ readonly changed: number; readonly done: boolean }> {
  const before = await recordedCells({ store, part, cellsOf });
  const changes = createChanges({ store, marks, revisions, finalAfterMs, marksOf, asOf });
  const batches = createCellBatches((cells) =>
    writeCells({ store, served, marks, changes, catalogue }, cells),
  );
  const answeredOf = servedIn(served, marks);
  /** What the store took before the last recording was cut off. */
  const standing: Parameters<Served['recorded']>[0][number][] = [];
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
        if (old?.revision !== revision) batches.add({ member, cell, old });
        else if (answered.length > 0) standing.push({ ...cell, ...versionOf({ ...cell, revision }) });
      },
    };
  });
  try {
    await accountCells({
      store,
      tasks,
      asOf,
      afterEach: batches.room,
      ...(isSilent && { longestRunMs: Number.POSITIVE_INFINITY }),
    });
    await tallyDays({ store, tallies, members: part.members, cellsOf, asOf, signal: stopping });
    await checks.end(part.members, cellsOf, stopping);
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
  const changed = await batches.end();
  if (!stopping.aborted) await changes.compare();
  served.recorded(standing);
  return { changed, done: !stopping.aborted };
}
