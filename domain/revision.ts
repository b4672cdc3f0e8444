/** What was said of a ledger cell, and under which revision. */
export interface Version {
  /** Stands for the whole content. */
  readonly content: string;
  readonly revision: number;
}

/**
 * The revision of a cell's content that follows on what was said before (semantics "Figures": raised when the content
 * changes). One revision never names two contents, and a content that was replaced comes back under a new one.
 */
export function revisionOf(content: string, ...before: readonly (Version | undefined)[]): number {
  let newest: Version | undefined;
  for (const version of before) if (version && version.revision > (newest?.revision ?? 0)) newest = version;
  if (!newest) return 1;
  return newest.revision + (newest.content === content ? 0 : 1);
}
