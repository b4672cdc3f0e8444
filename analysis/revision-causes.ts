import { bisect } from '../domain/bisect.ts';
import {
  isMarkCause,
  REVISION_CAUSES,
  type RevisionCause,
  type SettingChange,
  settingChanges,
  withoutCause,
} from '../domain/revision-cause.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { accountCells } from './account.ts';
import { documentIn, keptConfigOf, memberIn } from './config-document.ts';
import type { LedgerMark, LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import type { CellRevision } from './revision-log.ts';
import type { ServedVersion } from './served.ts';
import { configOf, lookaheadMs } from './trust.ts';

/** A revision whose cause is looked for. */
export interface Changed extends CellRevision {
  readonly digest: string;
  /** The digest of the revision before it; `null`: it isn't known, or that one ended otherwise. */
  readonly formerDigest: string | null;
  /** The causes that marks name for it. */
  readonly marked: readonly RevisionCause[];
}

/** The causes that marks name for a cell: those of the marks that reach it. */
export type MarkedCauses = (
  cell: { readonly to: EpochMs },
  told: {
    /** Marks up to this one were told before. */
    readonly after: number;
    /** Something is recorded of the cell: marks that only say why don't count. */
    readonly isRecorded: boolean;
  },
) => readonly RevisionCause[];

/** Marks of one cause, the newest first, each with the earliest begin up to it; those that begin no earlier are left out. */
interface Reach {
  readonly cause: RevisionCause;
  readonly saysOnly: boolean;
  readonly ids: number[];
  readonly from: EpochMs[];
}

/** The causes that a machine's marks name. There can be as many marks as values that came late: they are walked through once. */
export function markedCausesIn({ machine }: Member, marks: readonly LedgerMark[]): MarkedCauses {
  const ahead = lookaheadMs(machine);
  const reaches = new Map<string, Reach>();
  for (const { id, from, cause, saysOnly = false } of marks.toSorted((a, b) => b.id - a.id)) {
    if (!cause) continue;
    const { ids, from: earliest } = reaches.getOrInsertComputed(`${cause} ${saysOnly}`, () => ({
      ...{ cause, saysOnly, ids: [], from: [] },
    }));
    if (from >= (earliest.at(-1) ?? Number.POSITIVE_INFINITY)) continue;
    ids.push(id);
    earliest.push(from);
  }
  const all = [...reaches.values()];
  return ({ to }, { after, isRecorded }) => {
    const named = all.filter(({ saysOnly, ids, from }) => {
      const newer =
        saysOnly && isRecorded ? 0 : bisect(ids.length, (place) => (ids[place] as number) > after);
      return newer > 0 && (from[newer - 1] as EpochMs) - ahead < to;
    });
    return inOrder(named.map(({ cause }) => cause)).filter(isMarkCause);
  };
}

/** What the settings that changed may have done, without looking at a cell. */
export function assumedCauses({
  marks,
  member,
  former,
}: {
  readonly marks: Pick<LedgerMarks, 'documentOf'>;
  readonly member: Member;
  readonly former: string | null;
}): readonly RevisionCause[] {
  if (former === null) return [];
  const text = marks.documentOf(former);
  // Documents have been kept since a ledger's second formula: one that isn't there belongs to the first.
  if (text === null) return ['formula'];
  return inOrder(changesSince(text, member).map(({ cause }) => cause));
}

/** The settings of a machine that are others than in a document that was kept. */
export const changesSince = (text: string, member: Member): readonly SettingChange[] =>
  settingChanges(documentIn(text), documentIn(keptConfigOf(member).text));

/** Why a cell changed, as far as marks and settings say it; `unsaid` where neither does. */
export function causesOf({
  marked,
  settings,
  unsaid = 'late-data',
}: {
  readonly marked: readonly RevisionCause[];
  readonly settings: readonly RevisionCause[];
  readonly unsaid?: RevisionCause | undefined;
}): readonly RevisionCause[] {
  const causes = [...marked, ...settings];
  return causes.length > 0 ? inOrder(causes) : [unsaid];
}

/** The configuration that a machine's cells were recorded with, where its marks say that it is another one now. */
export const formerConfigIn = (marks: readonly LedgerMark[]): string | null =>
  marks.find(({ former }) => former)?.former ?? null;

/** The configuration that the version before a cell was made with, where that is another now. */
export function formerConfigOf(
  member: Member,
  {
    answered,
    ofMachine,
  }: {
    /** The version before, where it was answered and isn't recorded. */
    readonly answered: Pick<ServedVersion, 'config'> | undefined;
    /** The same of what is recorded of its machine. */
    readonly ofMachine: string | null;
  },
): string | null {
  const config = answered?.config ?? null;
  if (config === null) return ofMachine;
  return config === configOf(member) ? null : config;
}

/**
 * Why cells of a machine changed whose configuration changed too, by comparing inputs: accounted with the former
 * configuration, the facts give the recorded digest where nothing but the configuration changed; of several settings
 * that changed together, each is tried alone. What this program can't account any more (another formula, a configuration
 * that was never kept) counts as a cause without being tried.
 */
export async function comparedCauses({
  store,
  marks,
  member,
  former,
  changed,
  asOf,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly marks: Pick<LedgerMarks, 'documentOf'>;
  readonly member: Member;
  readonly former: string;
  readonly changed: readonly Changed[];
  readonly asOf: EpochMs;
}): Promise<readonly (readonly RevisionCause[])[]> {
  const text = marks.documentOf(former);
  if (text === null) return changed.map(({ marked }) => [...marked, 'formula']);
  const before = documentIn(text);
  const after = documentIn(keptConfigOf(member).text);
  const settings = inOrder(settingChanges(before, after).map(({ cause }) => cause));
  const digestsWith = async (as: Member): Promise<readonly string[]> => {
    const digests = new Array<string>(changed.length);
    const put = (index: number, { digest }: { readonly digest: string }) => {
      digests[index] = digest;
    };
    // What was entered is no setting: it stays as it is.
    const { entered } = member;
    const task = { member: { ...as, ...(entered && { entered }) }, cells: changed, put };
    await accountCells({ store, tasks: [task], asOf });
    return digests;
  };
  const then = memberIn(before, member);
  if (then === null) return changed.map(({ marked }) => inOrder([...marked, ...settings]));
  const formerly = await digestsWith(then);
  const without = new Map<RevisionCause, readonly string[]>();
  if (settings.length > 1) {
    for (const cause of settings) {
      const other = memberIn(withoutCause(before, after, cause), member);
      if (other) without.set(cause, await digestsWith(other));
    }
  }
  return changed.map(({ digest, formerDigest, marked }, index) => {
    const causes: RevisionCause[] = [];
    if (formerDigest === null) causes.push(...marked);
    else if (formerly[index] !== formerDigest) causes.push(...causesOf({ marked, settings: [] }));
    // Settings that no input holds, as whether a machine is declared, show in its flags alone.
    const same = formerly[index] === digest;
    for (const cause of settings) {
      const alone = without.get(cause);
      if (alone ? alone[index] !== digest : !same) causes.push(cause);
    }
    return causes.length > 0 ? inOrder(causes) : settings;
  });
}

const inOrder = (causes: readonly RevisionCause[]): readonly RevisionCause[] =>
  REVISION_CAUSES.filter((cause) => causes.includes(cause));
