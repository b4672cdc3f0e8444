import { imbalance } from '../../../../domain/books.ts';
import type { MachineNow } from '../api.ts';
import type { SourceBooks } from './answers.ts';

/** A source's books, and when the machines behind it were last heard. */
export interface SourceRow extends SourceBooks {
  readonly lastHeard: string | null;
  /** A machine of the same path, where there is one. */
  readonly machine: string | null;
  readonly balanced: boolean;
}

export function sourceRows(sources: readonly SourceBooks[], machines: Iterable<MachineNow>): SourceRow[] {
  const paths = new Set<string>();
  const heard = new Map<string, string>();
  for (const { path, source, lastHeard } of machines) {
    paths.add(path);
    const key = source ?? path;
    if (lastHeard !== null && lastHeard > (heard.get(key) ?? '')) heard.set(key, lastHeard);
  }
  return sources.map((entry) => ({
    ...entry,
    lastHeard: heard.get(entry.source) ?? null,
    machine: paths.has(entry.source) ? entry.source : null,
    balanced: imbalance(entry.messages) === 0 && imbalance(entry.observations) === 0,
  }));
}

/** Where to look first: books that don't balance, then the largest share refused, then the longest silence. */
export const worstFirst = (rows: readonly SourceRow[]): SourceRow[] =>
  rows.toSorted(
    (a, b) =>
      Number(a.balanced) - Number(b.balanced) ||
      (b.refusedShare ?? 0) - (a.refusedShare ?? 0) ||
      (a.lastHeard ?? '~').localeCompare(b.lastHeard ?? '~') ||
      a.source.localeCompare(b.source),
  );
