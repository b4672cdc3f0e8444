import type { EpochMs } from '../domain/time.ts';
import type { RecordedCell, Store } from '../store/port.ts';
import type { CellSpan } from './cells.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import type { Part } from './partition.ts';
import { recordedCells } from './recorded.ts';
import type { Content, RememberedCells } from './remembered.ts';
import { trustNow } from './trust.ts';

/** Fewer machines than this are read one by one, more with all that lies in their scope. */
const FEW = 20;

/** What is recorded of a machine's cells, each at the index of its span; it may end otherwise, by a former calendar. */
export interface Known {
  readonly cells: readonly (RecordedCell | undefined)[];
  /** Cells that end later are recorded, if at all, as they were. */
  readonly trustedUntil: EpochMs;
}

/** The recorded cells of a part's machines: from memory where they rest there, the others from the store. */
export async function knownCells({
  store,
  marks,
  remembered,
  part,
  cellsOf,
  asOf,
}: {
  readonly store: Pick<Store, 'recordedLedger'>;
  readonly marks: LedgerMarks;
  readonly remembered: RememberedCells;
  readonly part: Part;
  /** The same array for machines that share a calendar. */
  readonly cellsOf: (member: Member) => readonly CellSpan[];
  readonly asOf: EpochMs;
}): Promise<(member: Member) => Known> {
  const moment = remembered.refresh();
  const trust = trustNow(marks, asOf);
  // Again: what was marked and worked off meanwhile is no longer pending.
  remembered.refresh();
  const known = new Map<Member, { cells: (RecordedCell | undefined)[]; trustedUntil: EpochMs }>();
  const unread = new Map<readonly CellSpan[], Set<number>>();
  const asked: Member[] = [];
  for (const member of part.members) {
    const { trustedUntil, recordedUntil } = trust(member);
    // With a former configuration more may have been recorded: by its calendar, or since its cells closed sooner.
    const readUntil = recordedUntil === Number.NEGATIVE_INFINITY ? recordedUntil : asOf;
    const spans = cellsOf(member);
    const cells = new Array<RecordedCell | undefined>(spans.length);
    let complete = true;
    for (let index = 0; index < spans.length; index++) {
      const span = spans[index] as CellSpan;
      if (span.grain === null || span.to > readUntil) continue;
      const found = span.to > trustedUntil ? undefined : remembered.find(member.machine.path, span);
      if (found !== undefined) cells[index] = found ?? undefined;
      else {
        complete = false;
        unread.getOrInsertComputed(spans, () => new Set()).add(index);
      }
    }
    known.set(member, { cells, trustedUntil });
    if (!complete) asked.push(member);
  }
  if (asked.length > 0) {
    const wanted = new Map(
      [...unread].map(([spans, indexes]) => [spans, [...indexes].sort((a, b) => a - b)]),
    );
    const lists = new Map(
      [...wanted].map(([spans, indexes]) => [spans, indexes.map((at) => spans[at] as CellSpan)]),
    );
    const listOf = new Map(asked.map((member) => [member.machine.path, lists.get(cellsOf(member)) ?? []]));
    const found = await recordedCells({
      store,
      part: asked.length > FEW ? { ...part, members: asked } : { members: asked, scopes: pathsOf(asked) },
      cellsOf: (path) => listOf.get(path) ?? [],
    });
    for (const member of asked) {
      const { path } = member.machine;
      const own = known.get(member) as { cells: (RecordedCell | undefined)[]; trustedUntil: EpochMs };
      const read: (readonly [CellSpan, Content])[] = [];
      for (const [place, index] of (wanted.get(cellsOf(member)) ?? []).entries()) {
        const span = cellsOf(member)[index] as CellSpan;
        const cell = found.get(path)?.[place];
        own.cells[index] = cell;
        if (span.to <= own.trustedUntil) read.push([span, cell?.to === span.to ? cell : null]);
      }
      remembered.keep(moment, path, read);
    }
    // What was marked meanwhile may have been read in the middle of a recording.
    const since = trustNow(marks, asOf);
    for (const member of asked) {
      const own = known.get(member) as { trustedUntil: EpochMs };
      own.trustedUntil = Math.min(own.trustedUntil, since(member).trustedUntil);
    }
  }
  return (member) => known.get(member) as Known;
}

const pathsOf = (members: readonly Member[]): readonly string[] => members.map(({ machine }) => machine.path);
