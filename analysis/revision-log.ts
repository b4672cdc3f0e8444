import type { MachinePath } from '../domain/path.ts';
import type { RevisionCause } from '../domain/revision-cause.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Grain } from '../store/port.ts';

/** A recorded cell that got another content. */
export interface CellRevision extends Span {
  readonly machine: MachinePath;
  readonly grain: Grain;
  readonly revision: number;
  /** The revision before it; `null`: what was answered then was not kept, by an older version of the program. */
  readonly previous: number | null;
  /** When it was found. */
  readonly at: EpochMs;
  readonly causes: readonly RevisionCause[];
  /** It came after the cell had become final. */
  readonly afterFinal: boolean;
  /** The configurations (hashes) before and after, where they differ. */
  readonly former: string | null;
  readonly present: string | null;
}

export interface RevisionQuery extends Span {
  /** Path prefix of whole levels; '' for all. */
  readonly scope: string;
  readonly cause?: RevisionCause;
  readonly grain?: Grain;
  /** At most so many, the newest first. */
  readonly limit: number;
  /** Only those noted before this one. */
  readonly before?: number;
}

/** What changed in recorded ledgers, and why. Every method is synchronous and durable on return. */
export interface RevisionLog {
  /** Notes revisions, or says better why one that was noted came about. To be called before they are recorded. */
  note(revisions: readonly CellRevision[]): void;
  /** Those of cells that overlap the span, the newest first. */
  list(query: RevisionQuery): readonly (CellRevision & { readonly id: number })[];
  /** Those of one cell, ascending. */
  ofCell(cell: Pick<CellRevision, 'machine' | 'grain' | 'from'>): readonly CellRevision[];
  /** The stretches of cells that changed after they had become final, noted after `id`, ascending: the first `limit` of them. */
  afterFinalSince(
    id: number,
    limit: number,
  ): readonly (Span & { readonly id: number; readonly machine: MachinePath })[];
}

/** Nothing is noted, as where nothing is recorded. */
export const NO_REVISIONS: RevisionLog = {
  note: () => {},
  list: () => [],
  ofCell: () => [],
  afterFinalSince: () => [],
};
