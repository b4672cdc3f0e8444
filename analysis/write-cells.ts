import type { Kpi } from '../domain/formula.ts';
import type { MachinePath } from '../domain/path.ts';
import { revisionOf, type Version } from '../domain/revision.ts';
import type { RecordedCell, Store } from '../store/port.ts';
import type { Changes } from './changes.ts';
import { keptCell } from './kept-cell.ts';
import { withKpis } from './kpi-integers.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import {
  cellName,
  contentOf,
  newestOf,
  type Recorded,
  type Served,
  type ServedVersion,
  type UnheardStretch,
  unheardUntil,
  versionOf,
} from './served.ts';
import { createUnheardCells } from './unheard.ts';

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
  readonly marks: Pick<LedgerMarks, 'documentOf'>;
  readonly changes: Pick<Changes, 'add' | 'note'>;
  readonly catalogue: readonly Kpi[];
}

/**
 * Records cells under the revision that follows on what is recorded and on what was answered since, which is recorded
 * before them. What is answered while they are written, and takes a number, makes them be written again under another:
 * their marks are pending until then, so that nobody answers with them as they stand.
 */
export async function writeCells(
  { store, served, marks, changes, catalogue }: CellWriting,
  cells: readonly NewCell[],
): Promise<void> {
  let open = cells.map((one) => ({ ...one, written: undefined as Version | undefined }));
  while (open.length > 0) {
    const servedOf = servedIn(served, marks);
    const lines: Omit<RecordedCell, 'kpis'>[] = [];
    const numbered = open.map(({ written, ...one }) => {
      const recorded = one.old ? versionOf(one.old) : one.lost;
      const { answered, ...seen } = servedOf(one, recorded);
      const revision = revisionOf(contentOf(one.cell), recorded, written, ...answered);
      const cell = { ...one.cell, revision };
      lines.push(...earlier(cell, answered, written ?? (one.old && versionOf(one.old))), cell);
      changes.add(one.member, cell, { old: one.old, previous: previousOf(revision, recorded, answered) });
      return { ...one, cell, seen };
    });
    changes.note(numbered.map(({ cell }) => cell));
    await store.recordLedger(lines.map((cell) => withKpis(catalogue, cell)));
    const taken = served.recorded(
      numbered.map(({ cell, seen }) => ({ ...placeOf(cell), ...versionOf(cell), ...seen })),
    );
    open = taken.map((index) => {
      const { seen: _, ...one } = numbered[index] as (typeof numbered)[number];
      return { ...one, written: versionOf(one.cell) };
    });
  }
}

/** What was answered of a cell; see {@link Recorded}. */
type AnsweredOf = (
  cell: Pick<NewCell, 'member'> & { readonly cell: Pick<RecordedCell, 'grain' | 'from' | 'to'> },
  recorded: Version | undefined,
) => { readonly answered: readonly ServedVersion[] } & Pick<Recorded, 'unheardUntil'>;

/** What was answered of cells, read once for a machine. */
export function servedIn(
  served: Pick<Served, 'of' | 'waiting' | 'unheard'>,
  marks: Pick<LedgerMarks, 'documentOf'>,
): AnsweredOf {
  const waiting = served.waiting();
  const known = new Map<MachinePath, ReturnType<Served['of']>>();
  const unheard = createUnheardCells(marks);
  const stretches = new Map<MachinePath, readonly UnheardStretch[]>();
  return ({ member, cell }, recorded) => {
    const { path } = member.machine;
    const kept = waiting.has(path)
      ? (known.getOrInsertComputed(path, served.of).get(cellName(cell)) ?? [])
      : [];
    if (recorded) return { answered: kept };
    const own = stretches.getOrInsertComputed(path, served.unheard);
    const first = kept[0]?.revision === 1 ? undefined : unheard.first(member, cell, own);
    return { answered: first ? [first, ...kept] : kept, unheardUntil: unheardUntil(own) };
  };
}

const placeOf = ({ machine, grain, from, to }: Pick<RecordedCell, 'machine' | 'grain' | 'from' | 'to'>) => ({
  ...{ machine, grain, from, to },
});

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
): { readonly revision: number; readonly answered: ServedVersion | undefined } | null {
  const before = newestOf(
    recorded && recorded.revision < revision ? recorded : undefined,
    answered.filter((version) => version.revision < revision),
  );
  if (!before) return null;
  return { revision: before.revision, answered: answered.find((version) => version === before) };
}
