import type { Arrival, Dropped } from './arrival.ts';
import type { BookKeeping, SourceBooks } from './books.ts';

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

/** What passes of a source, as far as the books don't say. */
export interface SourceTraffic {
  readonly books: SourceBooks;
  lane: Lane | null;
  /** Stands in line for messages that weren't taken; `null`: none since its turn came. */
  dropped: Dropped | null;
}

const newTraffic = (books: SourceBooks): SourceTraffic => ({ books, lane: null, dropped: null });

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
    all: (): Iterable<SourceTraffic> => bySource.values(),
  };
}

export type Traffics = ReturnType<typeof createTraffics>;
