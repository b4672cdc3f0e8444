import type { TimeClass } from './ledger-row.ts';
import type { State } from './state.ts';

/** The classes that a person can give to time in which a machine is known not to run. */
export const ENTERED_CLASSES = [
  'plannedStop',
  'changeover',
  'breakdown',
  'delay',
  'minorStop',
  'idle',
] as const satisfies readonly TimeClass[];
export type EnteredClass = (typeof ENTERED_CLASSES)[number];

/** The states that a reason can be given for: the machine is known not to run. */
export const REASONED_STATES = [
  'setup',
  'idle',
  'blocked',
  'starved',
  'held',
  'down',
  'planned-stop',
  'off',
] as const satisfies readonly State[];
export type ReasonedState = (typeof REASONED_STATES)[number];

/** A reason that operators can choose. */
export interface TreeReason {
  /** Stands in annotations for ever: never used again for something else. */
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** What the time counts as; absent: what the machine's state says. */
  readonly class?: EnteredClass;
  /** Only time in these states is meant; absent: in any of {@link REASONED_STATES}. */
  readonly states?: readonly ReasonedState[];
  /** Still understood where it was given, and no longer offered. */
  readonly retired?: true;
}

export interface ReasonGroup {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** How it is coloured: one of the time classes; absent: neutral. */
  readonly colour?: TimeClass;
  readonly reasons: readonly TreeReason[];
}

/** A site's reasons, in groups. */
export interface ReasonTree {
  readonly version: number;
  /** Where it comes from. */
  readonly source: string;
  readonly groups: readonly ReasonGroup[];
}

/** What of a tree leads from an id to its reason. */
export interface ReasonsInGroups<R extends { readonly id: string }> {
  readonly groups: readonly { readonly reasons: readonly R[] }[];
}

const tables = new WeakMap<object, ReadonlyMap<string, { readonly id: string }>>();

/** The reason of an id; `undefined`: the tree doesn't have it. */
export function reasonIn<R extends { readonly id: string }>(
  tree: ReasonsInGroups<R>,
  id: string,
): R | undefined {
  const known = tables.get(tree) as ReadonlyMap<string, R> | undefined;
  if (known) return known.get(id);
  const table = new Map(tree.groups.flatMap(({ reasons }) => reasons).map((reason) => [reason.id, reason]));
  tables.set(tree, table);
  return table.get(id);
}

/** The reasons that are offered. */
export const offeredReasons = (tree: ReasonTree): readonly TreeReason[] =>
  tree.groups.flatMap(({ reasons }) => reasons.filter(({ retired }) => !retired));

/** What is wrong with a tree that its shape doesn't tell, by the place of the group and, where it is one, the reason. */
export function treeProblems({
  groups,
}: ReasonTree): { readonly group: number; readonly reason?: number; readonly message: string }[] {
  const seenGroups = new Set<string>();
  const seen = new Map<string, string>();
  return groups.flatMap((group, place) => {
    const twice = seenGroups.has(group.id);
    seenGroups.add(group.id);
    return [
      ...(twice ? [{ group: place, message: `group "${group.id}" is there twice; put them together` }] : []),
      ...group.reasons.flatMap(({ id }, nth) => {
        const where = seen.get(id);
        seen.set(id, group.id);
        if (where === undefined) return [];
        const message = `reason "${id}" stands in group "${where}" already; an id means one reason for ever, so choose another`;
        return [{ group: place, reason: nth, message }];
      }),
    ];
  });
}
