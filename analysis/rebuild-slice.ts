import type { MachinePath } from '../domain/path.ts';
import { revisionOf, type Version } from '../domain/revision.ts';
import type { EpochMs } from '../domain/time.ts';
import { accountCells } from './account.ts';
import { accounted } from './accounted.ts';
import { createCellBatches } from './cell-batches.ts';
import type { WholeCell } from './cells.ts';
import { createChanges } from './changes.ts';
import { createCutter } from './closed-cells.ts';
import { withKpis } from './kpi-integers.ts';
import { provableFrom } from './raw-horizon.ts';
import type { RebuildCount, RebuildDifference, Rebuilding, RebuildPart, RebuiltVersion } from './rebuild.ts';
import { recordedCells } from './recorded.ts';
import { isSameCell } from './same-cell.ts';
import { cellName, contentOf, versionOf } from './served.ts';
import { servedIn, writeCells } from './write-cells.ts';

/** Differences that are told one by one. */
const MOST_TOLD = 20;

/** Machines are shared out to lanes side by side: while the store reads or writes for one, cells of the other are made. */
const LANES = 2;

/** How a slice is worked through. */
interface SliceOptions {
  readonly parts: readonly RebuildPart[];
  readonly check: boolean;
  readonly signal: AbortSignal;
}

/**
 * Makes the cells of a slice anew from stored facts, and compares them with what is recorded to the last integer. What is
 * missing or differs is written, unless it is only checked: the same content keeps its revision, another one gets the next.
 * Stopped midway, it leaves whole cells.
 */
export async function rebuildSlice(
  rebuilding: Rebuilding,
  { parts, ...options }: SliceOptions,
): Promise<RebuildCount> {
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    parts.filter((_, index) => index % LANES === lane),
  );
  const counts = await Promise.all(
    // When one has failed, the others have ended too before anybody else gets a turn.
    await settled(lanes.map((own) => rebuildLane(rebuilding, { ...options, parts: own }))),
  );
  const total = (name: 'cells' | 'missing' | 'differing') =>
    counts.reduce((sum, count) => sum + count[name], 0);
  return {
    ...{ cells: total('cells'), missing: total('missing'), differing: total('differing') },
    differences: counts.flatMap(({ differences }) => differences).slice(0, MOST_TOLD),
  };
}

async function settled<T>(all: readonly Promise<T>[]): Promise<readonly Promise<T>[]> {
  await Promise.allSettled(all);
  return all;
}

/** Makes the cells of machines anew, one machine after another. */
async function rebuildLane(
  { store, members, marks, horizons, served, revisions, finalAfterMs, catalogue, now }: Rebuilding,
  { parts, check, signal }: SliceOptions,
): Promise<RebuildCount> {
  const cut = createCutter();
  const removed = horizons.all();
  const asOf = now();
  const own = parts.map((part) => ({ part, member: members.at(part.machine) }));
  const cells = new Map(
    own.map(({ part, member }) => [
      part.machine,
      cut(member.site, part).filter(
        (cell) => cell.from >= provableFrom(member.machine, removed.get(part.machine)),
      ),
    ]),
  );
  const cellsOf = (path: MachinePath): readonly WholeCell[] => cells.get(path) ?? [];
  const paths = own.map(({ part }) => part.machine);
  const recorded = await recordedCells({
    store,
    part: { members: own.map(({ member }) => member), scopes: paths },
    cellsOf,
    withoutKpis: false,
  });
  const changed = new Map<MachinePath, EpochMs>();
  // The ledger is up to date, so that no mark and no setting tells why a cell differs.
  const unsaid = 'rebuilt';
  const changes = createChanges({ store, marks, revisions, finalAfterMs, marksOf: () => [], unsaid, asOf });
  const differences: RebuildDifference[] = [];
  let [missing, differing] = [0, 0];
  const batches = createCellBatches((written) =>
    writeCells({ store, served, marks, changes, catalogue }, written),
  );
  const answeredOf = servedIn(served, marks);
  const tasks = own.map(({ member }) => {
    const { machine } = member;
    const spans = cellsOf(machine.path);
    let noted: ReadonlyMap<string, number> | undefined;
    /** The version of a cell that isn't recorded any more: the ledger was lost, what is known of its revisions was not. */
    const lost = (name: string, content: string): Version | undefined => {
      noted ??= notedRevisions(revisions, machine.path, spans);
      const revision = noted.get(name);
      return revision === undefined ? undefined : { content, revision };
    };
    return {
      member,
      cells: spans,
      put(index: number, result: Parameters<typeof accounted>[1]): void {
        signal.throwIfAborted();
        const { from, to, grain, key } = spans[index] as WholeCell;
        const old = recorded.get(machine.path)?.[index];
        const cell = { machine: machine.path, from, to, grain, ...accounted(machine, result), ...key };
        const known = old ? undefined : lost(cellName(cell), contentOf(cell));
        const before = old ? versionOf(old) : known;
        cell.revision = revisionOf(contentOf(cell), before, ...answeredOf({ member, cell }, before).answered);
        const whole = withKpis(catalogue, cell);
        if (old && isSameCell(old, whole)) return;
        if (old) differing++;
        else missing++;
        if (differences.length < MOST_TOLD)
          differences.push({
            machine: machine.path,
            grain,
            from,
            to,
            recorded: old ? told(old) : null,
            rebuilt: told(whole),
          });
        if (check) return;
        changed.set(machine.path, Math.min(from, changed.get(machine.path) ?? from));
        batches.add({ member, cell, old, lost: known });
      },
    };
  });
  try {
    await accountCells({
      store,
      tasks,
      asOf,
      afterEach: batches.room,
    });
  } finally {
    // Who remembers these cells reads them again, also where the store took only some of them: those don't differ next time.
    await batches.end().finally(() => {
      marks.touch([...changed].map(([machine, from]) => ({ machine, from })));
    });
  }
  return {
    cells: parts.length === 0 ? 0 : paths.reduce((sum, path) => sum + cellsOf(path).length, 0),
    missing,
    differing,
    differences,
  };
}

/** The newest revision that was noted of each cell of a machine. */
function notedRevisions(
  revisions: Rebuilding['revisions'],
  machine: MachinePath,
  spans: readonly WholeCell[],
): ReadonlyMap<string, number> {
  const span = { from: spans[0]?.from ?? 0, to: spans.reduce((latest, { to }) => Math.max(latest, to), 0) };
  const newest = new Map<string, number>();
  for (const one of revisions.list({ scope: machine, ...span, limit: Number.MAX_SAFE_INTEGER })) {
    const name = cellName(one);
    newest.set(name, Math.max(one.revision, newest.get(name) ?? 0));
  }
  return newest;
}

const told = ({ digest, revision }: RebuiltVersion): RebuiltVersion => ({ digest, revision });
