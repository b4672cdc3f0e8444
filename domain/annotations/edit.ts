import type { MachinePath } from '../path.ts';
import type { EnteredClass } from '../reason-tree.ts';
import type { DurationMs, EpochMs, Span } from '../time.ts';

/**
 * `annotate`: gives a span a reason; `reclassify`: gives it a class by hand; `split`: parts a stop at an instant; `merge`: makes
 * one stop of a span, with one reason; `undo`: takes an edit back, be it an undo.
 */
export const EDIT_KINDS = ['annotate', 'reclassify', 'split', 'merge', 'undo'] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

/** No edit is longer: what touches a span is found by looking back so far. */
export const LONGEST_EDIT_MS: DurationMs = 31 * 86_400_000;
/** A reason follows a stop that was still open for so long, and no longer. */
export const LONGEST_FOLLOWED_MS: DurationMs = 7 * 86_400_000;

/** One entry of the log of edits, which only ever grows. A split's span is empty; an undo's is that of what it takes back. */
export interface Edit extends Span {
  /** Given by whoever made it, so that one that is sent twice is one. */
  readonly id: string;
  /** Its place in the log. */
  readonly seq: number;
  readonly machine: MachinePath;
  readonly kind: EditKind;
  /** Goes on after `to` while the stop that holds there does. */
  readonly follows: boolean;
  /** Id in the site's tree; `null`: none, the machine's own shows. */
  readonly reason: string | null;
  /** `null`: what the reason says. */
  readonly class: EnteredClass | null;
  /** Id of the edit that is taken back. */
  readonly undoes: string | null;
  /** Why, in somebody's own words. */
  readonly note: string | null;
  readonly by: string;
  /** When it was made, by the platform's clock: one that waited in a tablet was made before it was received. */
  readonly madeAt: EpochMs;
  /** When it was made, by the clock of whoever made it. */
  readonly takenAt: EpochMs | null;
  readonly receivedAt: EpochMs;
  /** Version of the site's tree that was chosen from. */
  readonly treeVersion: number;
}

/** The ids of the edits that are taken back. An undo that is itself taken back takes nothing back. */
export function undoneIn(edits: readonly Edit[]): ReadonlySet<string> {
  const undone = new Set<string>();
  for (const { id, undoes } of edits.toSorted((a, b) => b.seq - a.seq)) {
    if (undoes !== null && !undone.has(id)) undone.add(undoes);
  }
  return undone;
}

/** The edits that count, in the order in which they were made: where two overlap, the later one holds. */
export function standingEdits(edits: readonly Edit[]): readonly Edit[] {
  const undone = undoneIn(edits);
  return edits
    .filter(({ id, undoes }) => undoes === null && !undone.has(id))
    .sort((a, b) => a.madeAt - b.madeAt || a.seq - b.seq);
}
