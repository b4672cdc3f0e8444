import type { Kpi } from '../domain/formula.ts';
import { TIME_CLASSES, type TimeClass } from '../domain/ledger-row.ts';
import { ratioOf } from '../domain/ratio.ts';
import type { RevisionCause, SettingChange } from '../domain/revision-cause.ts';
import { settingChanges } from '../domain/revision-cause.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Grain, RecordedCell, Store } from '../store/port.ts';
import { documentIn } from './config-document.ts';
import { keptCell } from './kept-cell.ts';
import { kpisOf } from './kpi-integers.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Members } from './members.ts';
import { QuestionRefused } from './port.ts';
import type { RawHorizons } from './raw-horizon.ts';
import type { CellRevision, RevisionLog, RevisionQuery } from './revision-log.ts';
import { cellName, type Served } from './served.ts';
import { createUnheardCells } from './unheard.ts';

/** What something was and is; `null`: it wasn't there. */
export interface BeforeAfter<T> {
  readonly before: T | null;
  readonly after: T | null;
}

export interface RevisionAnswer extends Omit<CellRevision, 'former' | 'present'> {
  readonly id: number;
  readonly settings: readonly SettingChange[];
  /** What differs; all empty where only inputs differ, or the content before was never recorded. */
  readonly classes: readonly (BeforeAfter<number> & { readonly class: TimeClass })[];
  readonly counts: readonly (BeforeAfter<number> & { readonly count: string })[];
  readonly figures: readonly (BeforeAfter<number> & { readonly kpi: string })[];
}

export interface RevisionsAnswer {
  readonly revisions: readonly RevisionAnswer[];
  /** The id before which the next page goes on; `null`: this is the last. */
  readonly next: number | null;
}

/** A cell with its figures' integers: those that its store kept, or what its sums give. */
type WithKpis = RecordedCell & Required<Pick<RecordedCell, 'kpis'>>;

/** One revision of a cell, as it was recorded or answered. */
export interface CellContent extends WithKpis {
  /** When it was found, and why; `null` and none for the first. */
  readonly at: EpochMs | null;
  readonly causes: readonly RevisionCause[];
  readonly current: boolean;
}

export interface CellAnswer extends Span {
  readonly machine: string;
  readonly grain: Grain;
  /** Revisions before the current one are no longer kept. */
  readonly olderRemoved: boolean;
  /** Ascending; those that are not in the store any more are left out. */
  readonly revisions: readonly CellContent[];
}

interface Parts {
  readonly store: Pick<Store, 'recordedLedger' | 'ledgerHistory'>;
  readonly marks: Pick<LedgerMarks, 'documentOf'>;
  readonly members: Pick<Members, 'at'>;
  readonly served: Pick<Served, 'of' | 'unheard'>;
  readonly revisions: RevisionLog;
  readonly catalogue: readonly Kpi[];
}

/** What changed in recorded cells and why, the newest first, each beside what it replaced. */
export async function revisionsOf(parts: Parts, query: RevisionQuery): Promise<RevisionsAnswer> {
  const { limit } = query;
  const found = parts.revisions.list({ ...query, limit: limit + 1 });
  const page = found.slice(0, limit);
  const contents = await contentsOf(parts, page);
  const settingsOf = createSettings(parts.marks);
  return {
    revisions: page.map((one): RevisionAnswer => {
      const { former, present, ...told } = one;
      const after = contents.get(nameOf(one, one.revision));
      const before = one.previous === null ? undefined : contents.get(nameOf(one, one.previous));
      return { ...told, settings: settingsOf(former, present), ...differences(before, after) };
    }),
    next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/**
 * Every revision of one cell: those that the store has, and what was answered since; `null`: there is none. Refused
 * `ledger-removed`.
 */
export async function cellRevisions(
  {
    store,
    marks,
    members,
    served,
    revisions,
    catalogue,
    horizons,
  }: Parts & { readonly horizons: Pick<RawHorizons, 'ledger'> },
  cell: { readonly machine: string; readonly grain: Grain; readonly from: EpochMs },
): Promise<CellAnswer | null> {
  const { machine, grain, from } = cell;
  const removed = horizons.ledger();
  const isBefore = (border: EpochMs = Number.NEGATIVE_INFINITY): boolean => from < border;
  if (isBefore(removed[grain]))
    throw new QuestionRefused(
      'ledger-removed',
      'from',
      `what was recorded before ${new Date(removed[grain] as EpochMs).toISOString()} by ${grain} is removed (ledger.${grain}Days)`,
    );
  // Before the store is read: what is recorded meanwhile is found there.
  const answered = answeredIn({ served, marks, members }, machine, [{ grain, from }]);
  const older = await store.ledgerHistory({ machine, grain, from, to: from + 1 });
  const current = (await recordedFrom(store, cell, from + LONGEST_CELL_MS)).filter(
    (one) => one.from === from,
  );
  const noted = new Map(revisions.ofCell(cell).map((one) => [one.revision, one]));
  const all = new Map([...answered, ...older, ...current].map((content) => [content.revision, content]));
  const contents = [...all.values()].sort((a, b) => a.revision - b.revision);
  const newest = contents.at(-1);
  if (!newest) return null;
  return {
    ...{ machine, grain, from, to: newest.to, olderRemoved: isBefore(removed.revisions) },
    revisions: contents.map((content): CellContent => {
      const { at = null, causes = [] } = noted.get(content.revision) ?? {};
      return { ...withGiven(catalogue, content), at, causes, current: content === newest };
    }),
  };
}

/** What was answered of cells of a machine and isn't recorded yet. */
function answeredIn(
  { served, marks, members }: Pick<Parts, 'served' | 'marks' | 'members'>,
  machine: string,
  places: readonly Pick<RecordedCell, 'grain' | 'from'>[],
): readonly RecordedCell[] {
  const kept = served.of(machine);
  const stretches = served.unheard(machine);
  const unheard = createUnheardCells(marks);
  return places.flatMap((place) => {
    const versions = kept.get(cellName(place)) ?? [];
    // It stands before what is recorded: where that has a first revision of its own, nothing else was answered.
    const first =
      versions[0]?.revision === 1 ? undefined : unheard.first(members.at(machine), place, stretches);
    return [...(first ? [first] : []), ...versions].flatMap(
      (version) => keptCell({ machine, ...place }, version) ?? [],
    );
  });
}

/** A production day of 25 hours, and a change of the day's begin. */
const LONGEST_CELL_MS = 3 * 86_400_000;

const recordedFrom = (
  store: Parts['store'],
  { machine, grain, from }: { readonly machine: string; readonly grain: Grain; readonly from: EpochMs },
  to: EpochMs,
) => store.recordedLedger({ scope: machine, grain, from, to });

const nameOf = (
  { machine, grain, from }: Pick<CellRevision, 'machine' | 'grain' | 'from'>,
  revision: number,
) => `${machine} ${grain} ${from} ${revision}`;

/** The contents of the cells of a page, by cell and revision; of each machine and grain in one reading. */
async function contentsOf(
  { store, catalogue, ...answering }: Pick<Parts, 'store' | 'marks' | 'members' | 'served' | 'catalogue'>,
  page: readonly CellRevision[],
): Promise<ReadonlyMap<string, WithKpis>> {
  const contents = new Map<string, WithKpis>();
  for (const own of Map.groupBy(page, ({ machine, grain }) => `${machine} ${grain}`).values()) {
    const { machine, grain } = own[0] as CellRevision;
    const from = Math.min(...own.map((one) => one.from));
    const to = Math.max(...own.map((one) => one.to));
    const places = [...new Set(own.map((one) => one.from))].map((from) => ({ grain, from }));
    const answered = answeredIn(answering, machine, places);
    const older = await store.ledgerHistory({ machine, grain, from, to });
    for (const cell of [
      ...answered,
      ...older,
      ...(await recordedFrom(store, { machine, grain, from }, to)),
    ]) {
      contents.set(nameOf(cell, cell.revision), withGiven(catalogue, cell));
    }
  }
  return contents;
}

const withGiven = (catalogue: readonly Kpi[], cell: RecordedCell): WithKpis => ({
  ...cell,
  kpis: cell.kpis ?? kpisOf(catalogue, cell),
});

function createSettings(marks: Parts['marks']) {
  const known = new Map<string, readonly SettingChange[]>();
  return (former: string | null, present: string | null): readonly SettingChange[] => {
    if (former === null || present === null) return [];
    return known.getOrInsertComputed(`${former} ${present}`, () => {
      const [before, after] = [marks.documentOf(former), marks.documentOf(present)];
      return before === null || after === null ? [] : settingChanges(documentIn(before), documentIn(after));
    });
  };
}

type Differences = Pick<RevisionAnswer, 'classes' | 'counts' | 'figures'>;

function differences(before: WithKpis | undefined, after: WithKpis | undefined): Differences {
  if (!before || !after) return { classes: [], counts: [], figures: [] };
  const classes = TIME_CLASSES.map((name) => ({
    class: name,
    before: before.ms[name],
    after: after.ms[name],
  }));
  const counts = Object.keys(after.counts).map((count) => ({
    count,
    before: before.counts[count as keyof RecordedCell['counts']],
    after: after.counts[count as keyof RecordedCell['counts']],
  }));
  const kpis = [...new Set([...Object.keys(before.kpis), ...Object.keys(after.kpis)])];
  const figures = kpis.map((kpi) => ({ kpi, before: valueIn(before, kpi), after: valueIn(after, kpi) }));
  return { classes: others(classes), counts: others(counts), figures: others(figures) };
}

const others = <T extends BeforeAfter<number>>(all: readonly T[]): readonly T[] =>
  all.filter(({ before, after }) => before !== after);

const valueIn = ({ kpis }: WithKpis, id: string): number | null => {
  const integers = kpis[id];
  return integers ? ratioOf(integers.num, integers.den) : null;
};
