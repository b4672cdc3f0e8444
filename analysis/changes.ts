import type { MachinePath } from '../domain/path.ts';
import type { RevisionCause } from '../domain/revision-cause.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { RecordedCell, Store } from '../store/port.ts';
import { keptConfigOf } from './config-document.ts';
import { keptCell } from './kept-cell.ts';
import type { LedgerMark, LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import {
  assumedCauses,
  type Changed,
  causesOf,
  comparedCauses,
  formerConfigIn,
  formerConfigOf,
  markedCausesIn,
} from './revision-causes.ts';
import type { RevisionLog } from './revision-log.ts';
import type { ServedVersion } from './served.ts';

type NewCell = Pick<RecordedCell, 'machine' | 'grain' | 'from' | 'to' | 'digest' | 'revision'>;

/** The revisions of a part of a recording: noted before their cells are recorded, and told apart afterwards. */
export interface Changes {
  /** A cell that gets a revision; the first isn't noted, since nothing changed. */
  add(
    member: Member,
    cell: NewCell,
    before: {
      /** What is recorded of it. */
      readonly old: RecordedCell | undefined;
      /** The revision before it; `null`: it is the first. */
      readonly previous: {
        readonly revision: number;
        /** What was answered under it; absent: it is recorded. */
        readonly answered?: ServedVersion | undefined;
      } | null;
    },
  ): void;
  /** Notes why these cells change, as far as their marks say it. */
  note(cells: readonly NewCell[]): void;
  /** Says better why cells changed whose configuration changed too. */
  compare(): Promise<void>;
}

export function createChanges({
  store,
  marks,
  revisions,
  finalAfterMs,
  marksOf,
  unsaid,
  asOf,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly marks: Pick<LedgerMarks, 'documentOf'>;
  readonly revisions: Pick<RevisionLog, 'note'>;
  readonly finalAfterMs: DurationMs;
  readonly marksOf: (path: MachinePath) => readonly LedgerMark[];
  /** The cause where neither marks nor settings name one; absent: something came late. */
  readonly unsaid?: RevisionCause;
  readonly asOf: EpochMs;
}): Changes {
  const added = new Map<NewCell, Changed>();
  /** By the configuration that the revision before was made with. */
  const reconfigured = new Map<Member, Map<string, Changed[]>>();
  /** What marks and settings say of a machine's cells, looked at once. */
  const said = new Map<Member, ReturnType<typeof saidOf>>();
  const saidOf = (member: Member) => {
    const pending = marksOf(member.machine.path);
    const settings = new Map<string | null, readonly RevisionCause[]>();
    return {
      ofMachine: formerConfigIn(pending),
      settingsSince: (former: string | null) =>
        settings.getOrInsertComputed(former, () => assumedCauses({ marks, member, former })),
      marked: markedCausesIn(member, pending),
    };
  };
  return {
    add(member, cell, { old, previous }) {
      if (previous === null) return;
      const { machine, grain, from, to, revision, digest } = cell;
      const { answered } = previous;
      const { ofMachine, settingsSince, marked } = said.getOrInsertComputed(member, saidOf);
      const former = formerConfigOf(member, { answered, ofMachine });
      const named = marked(cell, { after: answered?.mark ?? 0, isRecorded: old !== undefined });
      const before = former !== null && answered?.config ? keptCell(cell, answered) : old;
      const change: Changed = {
        ...{ machine, grain, from, to, revision, digest, previous: previous.revision, at: asOf },
        causes: causesOf({ marked: named, settings: settingsSince(former), unsaid }),
        afterFinal: to + finalAfterMs <= asOf,
        ...{ former, present: former === null ? null : keptConfigOf(member).hash },
        formerDigest: before?.to === to ? before.digest : null,
        marked: named,
      };
      added.set(cell, change);
      if (former !== null) {
        reconfigured
          .getOrInsertComputed(member, () => new Map<string, Changed[]>())
          .getOrInsertComputed(former, () => [])
          .push(change);
      }
    },

    note(cells) {
      revisions.note(cells.flatMap((cell) => added.get(cell) ?? []));
      for (const cell of cells) added.delete(cell);
    },

    async compare() {
      for (const [member, byFormer] of reconfigured) {
        for (const [former, changed] of byFormer) {
          changed.sort((a, b) => a.from - b.from || a.to - b.to);
          const causes = await comparedCauses({ store, marks, member, former, changed, asOf });
          revisions.note(
            changed.map((change, index) => ({ ...change, causes: causes[index] ?? change.causes })),
          );
        }
      }
    },
  };
}
