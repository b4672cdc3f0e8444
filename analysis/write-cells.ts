import type { Kpi } from '../domain/formula.ts';
import type { MachinePath } from '../domain/path.ts';
import { revisionOf, type Version } from '../domain/revision.ts';
import type { RecordedCell, Store } from '../store/port.ts';
import type { Changes } from './changes.ts';
import { keptCell } from './kept-cell.ts';
import { withKpis } from './kpi-integers.ts';
import type { Member } from './members.ts';
import { cellName, contentOf, newestOf, type Served, type ServedVersion, versionOf } from './served.ts';

/** A cell that was made from facts and is to be recorded; its KPIs are made when it is written. */
export interface NewCell {
  readonly member: Member;
  readonly cell: Omit<RecordedCell, 'kpis'>;
  /** What is recorded of it. */
  readonly old: RecordedCell | undefined;
  /** What it was recorded as, where that is known though the record is lost. */
  readonly lost?: Version | undefined;
}

interface CellWriting {
  readonly store: Pick<Store, 'recordLedger'>;
  readonly served: Served;
  readonly changes: Pick<Changes, 'add' | 'note'>;
  readonly catalogue: readonly Kpi[];
}

/**
 * Records cells under the revision that follows on what is recorded and on what was answered since, which is recorded
 * before them. What is answered while they are written, and takes a number, makes them be written again under another:
 * their marks are pending until then, so that nobody answers with them as they stand.
 */
export async function writeCells(
  { store, served, changes, catalogue }: CellWriting,
  cells: readonly NewCell[],
): Promise<void> {
  let open = cells.map((one) => ({ ...one, written: undefined as Version | undefined }));
  while (open.length > 0) {
    const servedOf = servedIn(served);
    const lines: Omit<RecordedCell, 'kpis'>[] = [];
    const numbered = open.map(({ written, ...one }) => {
      const answered = servedOf(one.cell);
      const recorded = one.old ? versionOf(one.old) : one.lost;
      const revision = revisionOf(contentOf(one.cell), recorded, written, ...answered);
      const cell = { ...one.cell, revision };
      lines.push(...earlier(cell, answered, written ?? (one.old && versionOf(one.old))), cell);
      changes.add(one.member, cell, { old: one.old, previous: previousOf(revision, recorded, answered) });
      return { ...one, cell };
    });
    changes.note(numbered.map(({ cell }) => cell));
    await store.recordLedger(lines.map((cell) => withKpis(catalogue, cell)));
    const taken = served.recorded(
      numbered.map(({ cell }) => ({
        ...{ machine: cell.machine, grain: cell.grain, from: cell.from },
        ...versionOf(cell),
      })),
    );
    open = taken.map((index) => {
      const one = numbered[index] as (typeof numbered)[number];
      return { ...one, written: versionOf(one.cell) };
    });
  }
}

type AnsweredOf = (cell: Pick<RecordedCell, 'machine' | 'grain' | 'from'>) => readonly ServedVersion[];

/** What was answered of cells, read once for a machine. */
export function servedIn(served: Pick<Served, 'of' | 'waiting'>): AnsweredOf {
  const waiting = served.waiting();
  const known = new Map<MachinePath, ReturnType<Served['of']>>();
  return (cell) =>
    waiting.has(cell.machine)
      ? (known.getOrInsertComputed(cell.machine, served.of).get(cellName(cell)) ?? [])
      : [];
}

/** What was answered before a cell's revision, and isn't in the store. */
const earlier = (
  cell: Omit<RecordedCell, 'kpis'>,
  answered: readonly ServedVersion[],
  stored: Version | undefined,
): readonly RecordedCell[] =>
  answered
    .filter(({ revision, content }) => {
      const newer = revision - (stored?.revision ?? 0);
      return revision < cell.revision && (newer > 0 || (newer === 0 && content !== stored?.content));
    })
    .flatMap((version) => keptCell(cell, version) ?? []);

function previousOf(
  revision: number,
  recorded: Version | undefined,
  answered: readonly ServedVersion[],
): { readonly revision: number; readonly mark: number } | null {
  const before = newestOf(
    recorded && recorded.revision < revision ? recorded : undefined,
    answered.filter((version) => version.revision < revision),
  );
  if (!before) return null;
  return { revision: before.revision, mark: answered.find((version) => version === before)?.mark ?? 0 };
}
