import type { EpochMs } from '../../domain/time.ts';

/** What lies back further is told no more. */
const RECENT_MS = 3_600_000;
const MOST = 1000;

/** Messages that nodes sent and that never came, in the last hour. */
export interface Gaps {
  /** How often the count of a node had a hole that nothing filled; at most 1,000 are counted. */
  readonly count: number;
  readonly nodes: number;
  readonly last: { readonly node: string; readonly at: EpochMs };
}

/** Remembers holes in nodes' sequence numbers: at QoS 0 they are all that tells of what a broker dropped. */
export function createGapNotes({ now }: { readonly now: () => EpochMs }) {
  let noted: readonly { readonly node: string; readonly at: EpochMs }[] = [];
  const recent = (at: EpochMs) => noted.filter((one) => at - one.at < RECENT_MS);
  return {
    note(node: string): void {
      const at = now();
      noted = [...recent(at).slice(1 - MOST), { node, at }];
    },
    /** `null`: nothing was missing. */
    standing(): Gaps | null {
      const found = recent(now());
      const last = found.at(-1);
      return last ? { count: found.length, nodes: new Set(found.map(({ node }) => node)).size, last } : null;
    },
  };
}
