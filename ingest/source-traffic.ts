import type { ClockSkew } from '../domain/clock-skew.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Arrival, Dropped } from './arrival.ts';
import type { Account, BookKeeping } from './books.ts';
import { createSourceRows, meetSource } from './source-rows.ts';

/** What waits of one source while there is more than can be taken at once. */
export interface Lane {
  queue: Arrival[];
  /** The first of the queue that isn't taken. */
  head: number;
  bytes: number;
  /** Bytes that it may still bring in its turn. */
  credit: number;
  next: Lane | null;
}

/** What passes of a source, as far as neither the books nor its row (`SourceRows`) say. */
export interface SourceTraffic {
  readonly account: Account;
  lane: Lane | null;
  /** Stands in line for messages that weren't taken; `null`: none since its turn came. */
  dropped: Dropped | null;
  /** Messages a second in the last whole span; `null`: there was none yet. */
  perSecond: number | null;
  /** Whole spans before it was known what is usual. */
  spans: number;
  /** What it usually is, as far as is known. */
  usualPerSecond: number | null;
  flooding: boolean;
  /** The least that a message of each minute was late by the source's clock, oldest first. */
  readonly delays: { readonly at: EpochMs; delayMs: number }[];
  /** What they say of the clock. */
  skew: ClockSkew;
  /** Since the clock was right last, the least time that was refused for being ahead of ours, and for lying before 2000. */
  readonly refusedFrom: { ahead: EpochMs; behind: EpochMs };
  /** It was said that the clock is off. */
  clockOff: boolean;
}

const newTraffic = (account: Account): SourceTraffic => ({
  account,
  lane: null,
  dropped: null,
  perSecond: null,
  spans: 0,
  usualPerSecond: null,
  flooding: false,
  delays: [],
  skew: { state: 'too-few' },
  refusedFrom: { ahead: Number.POSITIVE_INFINITY, behind: Number.POSITIVE_INFINITY },
  clockOff: false,
});

/** The traffic of every source that has books. */
export function createTraffics(books: BookKeeping) {
  const bySource = new Map<string, SourceTraffic>();
  const rows = createSourceRows();
  return {
    rows,
    /** Sources that share their books share their traffic. */
    of(source: string): SourceTraffic {
      const known = bySource.get(source);
      if (known) return known;
      const own = books.of(source);
      let traffic = bySource.get(own.source);
      if (!traffic) {
        traffic = newTraffic(own);
        meetSource(rows, own.row);
        bySource.set(own.source, traffic);
      }
      return traffic;
    },
    /** That of a source that was met. */
    known: (source: string): SourceTraffic | undefined => bySource.get(source),
    all: (): Iterable<SourceTraffic> => bySource.values(),
  };
}

export type Traffics = ReturnType<typeof createTraffics>;
