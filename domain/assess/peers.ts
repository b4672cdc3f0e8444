import type { Industry, Programme } from './register.ts';

/** Peers of one district or industry; `null` statistics: the group is smaller than may be shown to another plant. */
export interface PeerGroup {
  readonly by: 'district' | 'industry' | 'programme';
  readonly name: string;
  /** How many have a score. */
  readonly size: number;
  readonly scores: { readonly lowest: number; readonly median: number; readonly highest: number } | null;
}

/** A pilot as its peers are found and compared. */
export interface Peer {
  readonly pilot: string;
  readonly district: string;
  readonly industry: Industry;
  readonly programme: Programme;
  /** Of the newest assessment; `null`: none, or it has bounds only. */
  readonly score: number | null;
}

const KINDS: readonly PeerGroup['by'][] = ['district', 'industry', 'programme'];

/**
 * All groups, in the order in which their first members come. Shown to a pilot, only those that it belongs to, and without
 * statistics where fewer than `smallest` have a score: they would tell a plant its neighbour's.
 */
export function peersOf(
  peers: readonly Peer[],
  { shownTo, smallest }: { readonly shownTo?: string; readonly smallest: number },
): PeerGroup[] {
  return KINDS.flatMap((by) =>
    [...Map.groupBy(peers, (peer) => peer[by])]
      .filter(([, group]) => shownTo === undefined || group.some(({ pilot }) => pilot === shownTo))
      .map(([name, group]) => {
        const scores = group.flatMap(({ score }) => score ?? []);
        const shown = scores.length >= (shownTo === undefined ? 1 : smallest);
        return { by, name, size: scores.length, scores: shown ? statisticsOf(scores) : null };
      }),
  );
}

function statisticsOf(scores: readonly number[]): PeerGroup['scores'] {
  if (scores.length === 0) return null;
  const sorted = scores.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] as number;
  const middle = sorted.length >>> 1;
  // The mean of two doubles, rounded once: halving is exact.
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { lowest: at(0), median, highest: at(sorted.length - 1) };
}
