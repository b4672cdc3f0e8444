/** What was said of a ledger cell, and under which revision. */
export interface Version {
  /** Stands for the whole content. */
  readonly content: string;
  readonly revision: number;
}

/**
 * The revision of a cell's content that follows on what was said before (semantics "Figures": raised when the content
 * changes). One revision never names two contents, and a content that was replaced comes back under a new one; where
 * two contents claim the newest number, neither keeps it.
 */
export function revisionOf(content: string, ...before: readonly (Version | undefined)[]): number {
  let newest = 0;
  let same = true;
  for (const version of before) {
    if (!version || version.revision < newest) continue;
    same = version.content === content && (same || version.revision > newest);
    newest = version.revision;
  }
  return newest + (newest > 0 && same ? 0 : 1);
}
