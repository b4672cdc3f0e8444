import { type Edit, LONGEST_EDIT_MS } from '../../domain/annotations/edit.ts';
import { type EnteredClass, offeredReasons, type ReasonTree, reasonIn } from '../../domain/reason-tree.ts';
import type { EpochMs } from '../../domain/time.ts';
import { EditRefused, refusedAsRemoved } from './refused.ts';
import type { StopEntry } from './stops.ts';

/** Who said something, and when by the clock of the tablet that it was said on. */
export interface Signature {
  /** Given by whoever says it: said twice, it is said once. */
  readonly id: string;
  readonly by: string;
  readonly note: string | null;
  /** When it was said and when it was sent, by the same clock; how far that clock is off doesn't matter. */
  readonly takenAt: EpochMs | null;
  readonly sentAt: EpochMs | null;
}

/** What is said of a machine's stops. */
export interface SaidEdit extends Signature {
  readonly machine: string;
  readonly kind: Exclude<Edit['kind'], 'undo'>;
  readonly from: EpochMs;
  /** `null`: to the end of the stop, which may be open. Of a split it is `from`. */
  readonly to: EpochMs | null;
  /** `undefined`, of a merge: the first that was entered in the span. */
  readonly reason: string | null | undefined;
  readonly class: EnteredClass | null;
}

/** When something was said by the platform's clock: what waited on a tablet was said so much earlier. */
export function madeAtOf({ takenAt, sentAt }: Signature, receivedAt: EpochMs): EpochMs {
  if (takenAt === null) return receivedAt;
  return sentAt === null ? Math.min(takenAt, receivedAt) : receivedAt - Math.max(0, sentAt - takenAt);
}

const invalid = (parameter: string, message: string, allowed: readonly string[]): EditRefused =>
  new EditRefused('annotation-invalid', parameter, message, allowed);

/** Checks what can be checked without looking at the stops. Throws {@link EditRefused}. */
export function checkSaid(
  said: SaidEdit,
  {
    receivedAt,
    madeAt,
    editableSince,
    tree,
  }: {
    readonly receivedAt: EpochMs;
    readonly madeAt: EpochMs;
    /** Figures of older time can't be made anew. */
    readonly editableSince: EpochMs;
    readonly tree: ReasonTree;
  },
): void {
  const to = said.to ?? madeAt;
  if (said.kind === 'split') {
    if (said.from >= receivedAt) throw invalid('at', 'lies in the future', ['an instant before now']);
  } else if (said.from >= to) {
    const message = said.to === null ? 'lies in the future' : 'does not lie before `to`';
    throw invalid('from', message, ['a time before `to`, and before now']);
  }
  if (to > receivedAt) {
    throw invalid('to', 'lies in the future; nobody knows yet what happens then', [
      'a time up to now',
      'null: to the end of the stop',
    ]);
  }
  if (to - said.from > LONGEST_EDIT_MS) {
    throw invalid('to', 'makes a span of more than 31 days; say it in parts', [
      'at most 31 days after `from`',
    ]);
  }
  if (said.from < editableSince) {
    const name = said.kind === 'split' ? 'at' : 'from';
    const told = `${new Date(said.from).toISOString()} is too early`;
    throw refusedAsRemoved(name, told, { since: editableSince, allowed: 'a time' });
  }
  if (said.kind === 'reclassify' && said.reason) {
    throw invalid('reason', 'is no part of a reclassification; annotate with it first', ['none']);
  }
  if (said.kind !== 'reclassify' && said.class !== null) {
    throw invalid('class', 'is given by a reclassification alone', ['none', 'kind: reclassify']);
  }
  if (said.reason === undefined && said.kind === 'annotate') {
    throw invalid('reason', 'is needed', [
      'the id of a reason in GET /api/v1/reason-tree',
      'null: takes reasons away',
    ]);
  }
  if (typeof said.reason !== 'string') return;
  const known = reasonIn(tree, said.reason);
  if (!known || known.retired) {
    const why = known ? 'is no longer offered' : 'is in no group of the site’s tree';
    throw invalid(
      'reason',
      `"${said.reason}" ${why}`,
      offeredReasons(tree).map(({ id }) => id),
    );
  }
}

/** Checks that there is something that the words can be meant of. Throws {@link EditRefused}. */
export function checkStops(said: SaidEdit, stops: readonly StopEntry[], tree: ReasonTree): void {
  if (said.kind === 'split') {
    if (stops.some(({ from, to }) => from < said.from && said.from < to)) return;
    throw new EditRefused('annotation-without-stop', 'at', 'no stop goes on at that instant', [
      'an instant inside a stop of GET /api/v1/stops, not at its border',
    ]);
  }
  if (stops.length < (said.kind === 'merge' ? 2 : 1)) {
    const message =
      said.kind === 'merge'
        ? 'the span holds less than two stops to be merged'
        : 'the machine had no stop in the span';
    throw new EditRefused('annotation-without-stop', 'from', message, [
      'a span that holds stops of GET /api/v1/stops',
    ]);
  }
  if (typeof said.reason !== 'string') return;
  const meant = reasonIn(tree, said.reason)?.states;
  const states = new Set(stops.flatMap(({ parts }) => parts.map(({ state }) => state)));
  if (meant && !meant.some((state) => states.has(state))) {
    throw invalid(
      'reason',
      `"${said.reason}" is meant of the states ${meant.join(', ')}; the machine was ${[...states].join(', ')}`,
      offeredReasons(tree)
        .filter((one) => one.states === undefined || one.states.some((state) => states.has(state)))
        .map(({ id }) => id),
    );
  }
}
