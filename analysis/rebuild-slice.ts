import type { MachinePath } from '../domain/path.ts';
import { revisionOf, type Version } from '../domain/revision.ts';
import type { EpochMs } from '../domain/time.ts';
import type { RecordedCell } from '../store/port.ts';
import { accountCells } from './account.ts';
import type { WholeCell } from './cells.ts';
import { createCutter } from './closed-cells.ts';
import { kpisOf } from './kpi-integers.ts';
import { accounted } from './part-cells.ts';
import type { RebuildCount, RebuildDifference, Rebuilding, RebuildPart, RebuiltVersion } from './rebuild.ts';
import { recordedCells } from './recorded.ts';
import { isSameCell } from './same-cell.ts';
import { cellName, contentOf, versionOf } from './served.ts';

/** Cells that are written together. */
const BATCH_CELLS = 5_000;
/** Differences that are told one by one. */
const MOST_TOLD = 20;

/**
 * Makes the cells of a slice anew from stored facts, and compares them with what is recorded to the last integer. What is
 * missing or differs is written, unless it is only checked: the same content keeps its revision, another one gets the next.
 * Stopped midway, it leaves whole cells.
 */
export async function rebuildSlice(
  { store, members, marks, served, now }: Rebuilding,
  {
    parts,
    check,
    signal,
  }: { readonly parts: readonly RebuildPart[]; readonly check: boolean; readonly signal: AbortSignal },
): Promise<RebuildCount> {
  const cut = createCutter();
  const asOf = now();
  const own = parts.map((part) => ({ part, member: members.at(part.machine) }));
  const cells = new Map(own.map(({ part, member }) => [part.machine, cut(member.site, part)]));
  const cellsOf = (path: MachinePath): readonly WholeCell[] => cells.get(path) ?? [];
  const paths = own.map(({ part }) => part.machine);
  const before = await recordedCells({
    store,
    part: { members: own.map(({ member }) => member), scopes: paths },
    cellsOf,
    withoutKpis: false,
  });
  const changed = new Map<MachinePath, EpochMs>();
  const differences: RebuildDifference[] = [];
  let [missing, differing] = [0, 0];
  let batch: RecordedCell[] = [];
  const write = async (): Promise<void> => {
    const written = batch;
    batch = [];
    await store.recordLedger(written);
    served.recorded(
      written.map((cell) => ({ machine: cell.machine, cell: cellName(cell), ...versionOf(cell) })),
    );
  };
  const tasks = own.map(({ member }) => {
    const { machine } = member;
    const spans = cellsOf(machine.path);
    let answered: ReadonlyMap<string, Version> | undefined;
    return {
      member,
      cells: spans,
      put(index: number, result: Parameters<typeof accounted>[1]): void {
        signal.throwIfAborted();
        const { from, to, grain, key } = spans[index] as WholeCell;
        const old = before.get(machine.path)?.[index];
        const cell = accounted(machine, result);
        answered ??= served.of(machine.path);
        cell.revision = revisionOf(
          contentOf(cell),
          old && versionOf(old),
          answered.get(cellName({ from, to, grain })),
        );
        const whole = { machine: machine.path, from, to, grain, ...cell, kpis: kpisOf(cell), ...key };
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
        batch.push(whole);
      },
    };
  });
  try {
    await accountCells({
      store,
      tasks,
      asOf,
      afterEach: () => (batch.length >= BATCH_CELLS ? write() : undefined),
    });
  } finally {
    if (batch.length > 0) await write();
    // Who remembers these cells reads them again.
    marks.touch([...changed].map(([machine, from]) => ({ machine, from })));
  }
  return {
    cells: parts.length === 0 ? 0 : paths.reduce((sum, path) => sum + cellsOf(path).length, 0),
    missing,
    differing,
    differences,
  };
}

const told = ({ digest, revision }: RebuiltVersion): RebuiltVersion => ({ digest, revision });
