import type { MachinePath } from '../domain/path.ts';
import type { RevisionCause } from '../domain/revision-cause.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { RecordedCell } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { WholeCell } from './cells.ts';
import { keptConfigOf } from './config-document.ts';
import { keptText } from './kept-cell.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import {
  assumedCauses,
  causesOf,
  formerConfigIn,
  formerConfigOf,
  markedCausesIn,
} from './revision-causes.ts';
import { type CellRevision, NO_REVISIONS, type RevisionLog } from './revision-log.ts';
import type { AccountedCell } from './rows.ts';
import {
  type Claim,
  cellName,
  contentOf,
  createServed,
  type Moment,
  type Served,
  type ServedVersion,
  versionOf,
} from './served.ts';
import { configOf, lookaheadMs } from './trust.ts';
import { createUnheardCells, type UnheardCells } from './unheard.ts';

/** Noting down more would hold up everybody else. */
const CLAIMS_AT_ONCE = 2000;

/** A closed cell that was made from facts. */
export interface Unnumbered {
  readonly member: Member;
  readonly span: WholeCell;
  readonly cell: AccountedCell;
  /** What is recorded of it. */
  readonly old: RecordedCell | undefined;
}

/** To be taken before anything is read. */
export interface Before {
  readonly recorded: Moment;
  /** The newest mark. */
  readonly mark: number;
}

/** Gives closed cells that are answered from facts their revision: kept whole, and noted with what is known of its cause. */
export interface Numbering extends Pick<Served, 'waiting' | 'of'> {
  before(): Before;
  /** In the order given; `null`: its machine was recorded since, so that it has to be read again. */
  settle(
    cells: readonly Unnumbered[],
    options: { readonly before: Before; readonly asOf: EpochMs },
  ): Promise<readonly (number | null)[]>;
}

export function createNumbering({
  served,
  marks,
  revisions,
  finalAfterMs,
}: {
  readonly served: Served;
  readonly marks: Pick<LedgerMarks, 'newestMark' | 'marksOf' | 'configOf' | 'documentOf'>;
  readonly revisions: Pick<RevisionLog, 'note'>;
  readonly finalAfterMs: DurationMs;
}): Numbering {
  return {
    before: () => ({ recorded: served.moment(), mark: marks.newestMark() }),
    waiting: served.waiting,
    of: served.of,
    async settle(cells, { before, asOf }) {
      const breathe = createBreather();
      const given: (number | null)[] = [];
      const reasonsOf = createReasons(marks, before.mark);
      const unheard = createUnheardCells(marks);
      const revisionsIn = (
        some: readonly Unnumbered[],
        fresh: Parameters<Parameters<Served['settle']>[1]['note']>[0],
      ): readonly CellRevision[] => {
        const answered = createAnswered(served, unheard);
        return fresh.flatMap(({ claim, revision, previous }) => {
          if (previous === null) return [];
          const { member, span, old } = some[claim] as Unnumbered;
          const { grain, from, to } = span;
          return {
            ...{ machine: member.machine.path, grain, from, to, revision, previous, at: asOf },
            ...reasonsOf(member).forCell(span, {
              answered: answered(member, { span, revision, old }),
              old,
            }),
            afterFinal: to + finalAfterMs <= asOf,
          };
        });
      };
      for (let first = 0; first < cells.length; first += CLAIMS_AT_ONCE) {
        const some = cells.slice(first, first + CLAIMS_AT_ONCE);
        const silent = unheard.among(some.filter(({ old }) => !old));
        const claims = some.map((one) => claimOf(one, { mark: before.mark, unheard, silent }));
        given.push(
          ...served.settle(claims, {
            since: before.recorded,
            note: (fresh) => revisions.note(revisionsIn(some, fresh)),
          }),
        );
        await breathe();
      }
      return given;
    },
  };
}

/** For who makes figures anew: the revisions that they get are told to nobody. */
export const unnoted = (marks: Parameters<typeof createNumbering>[0]['marks']): Numbering =>
  createNumbering({ served: createServed(), marks, revisions: NO_REVISIONS, finalAfterMs: 0 });

function claimOf(
  one: Unnumbered,
  {
    mark,
    unheard,
    silent,
  }: { readonly mark: number; readonly unheard: UnheardCells; readonly silent: ReadonlySet<Unnumbered> },
): Claim {
  const { member, span, cell, old } = one;
  const { to, grain, from, key } = span;
  return {
    ...{ machine: member.machine.path, grain, from, to, mark, until: to + lookaheadMs(member.machine) },
    content: contentOf(cell),
    before: old && versionOf(old),
    kept: () => keptText({ ...cell, to, ...key }),
    config: keptConfigOf(member),
    silent: silent.has(one),
    unheard: (stretches) => unheard.first(member, span, stretches),
  };
}

/** What was answered of a cell before one of its revisions, as far as that isn't recorded. */
function createAnswered(served: Pick<Served, 'of' | 'unheard'>, unheard: UnheardCells) {
  const known = new Map<MachinePath, ReturnType<Served['of']>>();
  return (
    member: Member,
    { span, revision, old }: Pick<Unnumbered, 'span' | 'old'> & { readonly revision: number },
  ): ServedVersion | undefined => {
    const { path } = member.machine;
    return (
      known
        .getOrInsertComputed(path, served.of)
        .get(cellName(span))
        ?.findLast((version) => version.revision < revision) ??
      (revision === 2 && !old ? unheard.first(member, span, served.unheard(path)) : undefined)
    );
  };
}

/** Why cells of a machine changed, as far as its pending marks and its settings say it. */
function createReasons(marks: Pick<LedgerMarks, 'marksOf' | 'configOf' | 'documentOf'>, upTo: number) {
  const known = new Map<Member, ReturnType<typeof read>>();
  const read = (member: Member) => {
    const { path } = member.machine;
    const pending = marks.marksOf(path).filter(({ id }) => id <= upTo);
    const recordedWith = marks.configOf(path);
    const present = configOf(member);
    const ofMachine = formerConfigIn(pending) ?? (recordedWith === present ? null : recordedWith);
    const settings = new Map<string | null, readonly RevisionCause[]>();
    const settingsSince = (former: string | null) =>
      settings.getOrInsertComputed(former, () => assumedCauses({ marks, member, former }));
    const marked = markedCausesIn(member, pending);
    const forCell = (
      cell: WholeCell,
      { answered, old }: { readonly answered: ServedVersion | undefined; readonly old: Unnumbered['old'] },
    ) => {
      const named = marked(cell, { after: answered?.mark ?? 0, isRecorded: old !== undefined });
      // What was recorded since it was answered is the version before.
      const newest = answered && answered.revision >= (old?.revision ?? 0) ? answered : undefined;
      const former = formerConfigOf(member, { answered: newest, ofMachine });
      return {
        causes: causesOf({ marked: named, settings: settingsSince(former) }),
        ...{ former, present: former === null ? null : present },
      };
    };
    return { forCell };
  };
  return (member: Member) => known.getOrInsertComputed(member, () => read(member));
}
