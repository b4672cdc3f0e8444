import type { ClockSkew } from '../domain/clock-skew.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Arrival, Dropped } from './arrival.ts';
import type { Account, BookKeeping } from './books.ts';
import { noPlaceYet, type PlaceInGroup } from './journal/group-builder.ts';

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

/** What passes of a source, as far as the books don't say; it knows where those stand. */
export interface SourceTraffic extends PlaceInGroup {
  readonly account: Account;
  lane: Lane | null;
  /** Stands in line for messages that weren't taken; `null`: none since its turn came. */
  dropped: Dropped | null;
  /** Minus infinity: never. A number always, since what is now `null` and now a time becomes an object with each message. */
  lastHeardAt: EpochMs;
  /** The span of receive time that is being counted, and the messages in it. */
  spanFrom: EpochMs;
  spanUntil: EpochMs;
  inSpan: number;
  /** Messages a second in the last whole span; `null`: there was none yet. */
  perSecond: number | null;
  /** Whole spans before it was known what is usual. */
  spans: number;
  /** What it usually is, as far as is known. */
  usualPerSecond: number | null;
  flooding: boolean;
  /** The least that a message of the running span was late by the source's clock; infinite: none had a time. */
  leastDelayMs: number;
  /** The same of the minutes before, oldest first. */
  readonly delays: { readonly at: EpochMs; delayMs: number }[];
  /** What they say of the clock. */
  skew: ClockSkew;
  /** Since the clock was right last, the least time that was refused for being ahead of ours, and for lying before 2000. */
  readonly refusedFrom: { ahead: EpochMs; behind: EpochMs };
  /** It was said that the clock is off. */
  clockOff: boolean;
}

const newTraffic = (account: Account): SourceTraffic => ({
  ...noPlaceYet(account.row),
  account,
  lane: null,
  dropped: null,
  lastHeardAt: Number.NEGATIVE_INFINITY,
  spanFrom: Number.NEGATIVE_INFINITY,
  spanUntil: Number.NEGATIVE_INFINITY,
  inSpan: 0,
  perSecond: null,
  spans: 0,
  usualPerSecond: null,
  flooding: false,
  leastDelayMs: Number.POSITIVE_INFINITY,
  delays: [],
  skew: { state: 'too-few' },
  refusedFrom: { ahead: Number.POSITIVE_INFINITY, behind: Number.POSITIVE_INFINITY },
  clockOff: false,
});

/** The traffic of every source that has books. */
export function createTraffics(books: BookKeeping) {
  const bySource = new Map<string, SourceTraffic>();
  return {
    /** Sources that share their books share their traffic. */
    of(source: string): SourceTraffic {
      const known = bySource.get(source);
      if (known) return known;
      const own = books.of(source);
      let traffic = bySource.get(own.source);
      if (!traffic) {
        traffic = newTraffic(own);
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
