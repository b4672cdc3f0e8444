import { addBooks, type Books, emptyBooks } from '../domain/books.ts';
import type { EpochMs } from '../domain/time.ts';
import { COUNTS, type GroupBooks, MESSAGES, OBSERVATIONS, UNKNOWN_ROW } from './group-books.ts';

/** Whose messages nobody can attribute. */
export const UNMATCHED = 'unmatched';

/** Sources beyond this share the books of {@link UNMATCHED}, so that made-up topics can't fill the memory. */
const MAX_SOURCES = 25_000;

export interface SourceBooks extends Books {
  readonly source: string;
}

export interface BooksSnapshot extends SourceBooks {
  readonly replacing: number;
}

/** Whose books stand in a row. */
export interface Account {
  readonly source: string;
  readonly row: number;
}

/** Counts that a store's refusal takes back from `stored` and `replaced`, to `refused`. */
export interface BooksReversal {
  readonly source: string;
  readonly messages: number;
  readonly stored: number;
  readonly replaced: number;
}

/** What every message changes: a line of the processor's cache for each source, by {@link MOST} and {@link OF}. */
const MOST = 8;
const OF = {
  messages: { received: 0, inFlight: 1, spooled: 2, stored: 3 },
  observations: { received: 4, inFlight: 5, spooled: 6, stored: 7 },
} as const;

/** What few messages change. */
const REST = 9;
const REST_OF = {
  messages: { duplicate: 0, refused: 1, ignored: 2 },
  observations: { duplicate: 3, refused: 4, ignored: 5, thinned: 6, replaced: 7 },
  /** The part of the spooled observations that correct another value. */
  replacing: 8,
} as const;

const FIRST_ROWS = 64;

/** The books of every source. Each step keeps both balanced. */
export function createBooks() {
  const accounts: Account[] = [];
  const bySource = new Map<string, Account>();
  /** The same by name; `null`: to be sorted anew, which takes longer than all the rest of an answer. */
  let byName: readonly Account[] | null = null;
  let most = new Float64Array(FIRST_ROWS * MOST);
  let rest = new Float64Array(FIRST_ROWS * REST);

  function of(source: string): Account {
    const known = bySource.get(source);
    if (known) return known;
    if (accounts.length >= MAX_SOURCES && source !== UNMATCHED) return of(UNMATCHED);
    const account = { source, row: accounts.length };
    accounts.push(account);
    bySource.set(source, account);
    byName = null;
    if (account.row * MOST === most.length) {
      most = grown(most);
      rest = grown(rest);
    }
    return account;
  }

  function rowOf(group: GroupBooks, place: number): number {
    if (group.rows[place] === UNKNOWN_ROW) group.rows[place] = of(group.sources[place] as string).row;
    return group.rows[place] as number;
  }

  /** The fates of a row of a group, but for what is spooled; most groups have none. */
  function addRest({ counts }: GroupBooks, from: number, row: number): void {
    const at = row * REST;
    rest[at + REST_OF.messages.duplicate]! += counts[from + MESSAGES.duplicate] as number;
    rest[at + REST_OF.messages.refused]! += counts[from + MESSAGES.refused] as number;
    rest[at + REST_OF.messages.ignored]! += counts[from + MESSAGES.ignored] as number;
    rest[at + REST_OF.observations.duplicate]! += counts[from + OBSERVATIONS.duplicate] as number;
    rest[at + REST_OF.observations.refused]! += counts[from + OBSERVATIONS.refused] as number;
    rest[at + REST_OF.observations.ignored]! += counts[from + OBSERVATIONS.ignored] as number;
    rest[at + REST_OF.observations.thinned]! += counts[from + OBSERVATIONS.thinned] as number;
    rest[at + REST_OF.replacing]! += counts[from + OBSERVATIONS.replacing] as number;
  }

  function booksOf({ row, source }: Account): SourceBooks {
    const often = (place: number): number => most[row * MOST + place] as number;
    const seldom = (place: number): number => rest[row * REST + place] as number;
    const [m, o] = [OF.messages, OF.observations];
    const [rm, ro] = [REST_OF.messages, REST_OF.observations];
    return {
      source,
      messages: {
        received: often(m.received),
        stored: often(m.stored),
        duplicate: seldom(rm.duplicate),
        refused: seldom(rm.refused),
        ignored: seldom(rm.ignored),
        spooled: often(m.spooled),
        inFlight: often(m.inFlight),
      },
      observations: {
        received: often(o.received),
        stored: often(o.stored),
        duplicate: seldom(ro.duplicate),
        refused: seldom(ro.refused),
        ignored: seldom(ro.ignored),
        spooled: often(o.spooled),
        inFlight: often(o.inFlight),
        thinned: seldom(ro.thinned),
        replaced: seldom(ro.replaced),
      },
    };
  }

  function sorted(): readonly Account[] {
    byName ??= [...accounts].sort((a, b) => (a.source < b.source ? -1 : 1));
    return byName;
  }

  return {
    of,

    /** Messages of the source of a row came, and are in flight; a number below zero takes them back. */
    received(row: number, messages: number): void {
      most[row * MOST + OF.messages.received]! += messages;
      most[row * MOST + OF.messages.inFlight]! += messages;
    },

    /** The observations of a group were found; like its messages they are in flight until it is durable. */
    found(group: GroupBooks): void {
      for (let place = 0, from = 0; place < group.sources.length; place++, from += COUNTS) {
        const at = rowOf(group, place) * MOST;
        const received = group.counts[from + OBSERVATIONS.received] as number;
        most[at + OF.observations.received]! += received;
        most[at + OF.observations.inFlight]! += received;
      }
    },

    /** A group became durable: what was in flight has its fate, or waits in the spool. */
    settle(group: GroupBooks): void {
      const { counts, sources } = group;
      for (let place = 0, from = 0; place < sources.length; place++, from += COUNTS) {
        const row = rowOf(group, place);
        const at = row * MOST;
        most[at + OF.messages.inFlight]! -= counts[from + MESSAGES.received] as number;
        most[at + OF.messages.spooled]! += counts[from + MESSAGES.spooled] as number;
        most[at + OF.observations.inFlight]! -= counts[from + OBSERVATIONS.received] as number;
        most[at + OF.observations.spooled]! += counts[from + OBSERVATIONS.spooled] as number;
        if (hasRest(counts, from)) addRest(group, from, row);
      }
    },

    /** A group is read back after a start. */
    recover(group: GroupBooks): void {
      const { counts, sources } = group;
      for (let place = 0, from = 0; place < sources.length; place++, from += COUNTS) {
        const row = rowOf(group, place);
        const at = row * MOST;
        most[at + OF.messages.received]! += counts[from + MESSAGES.received] as number;
        most[at + OF.messages.spooled]! += counts[from + MESSAGES.spooled] as number;
        most[at + OF.observations.received]! += counts[from + OBSERVATIONS.received] as number;
        most[at + OF.observations.spooled]! += counts[from + OBSERVATIONS.spooled] as number;
        if (hasRest(counts, from)) addRest(group, from, row);
      }
    },

    /** A group rests in the store. */
    apply(group: GroupBooks): void {
      const { counts, sources } = group;
      for (let place = 0, from = 0; place < sources.length; place++, from += COUNTS) {
        const row = rowOf(group, place);
        const at = row * MOST;
        const messages = counts[from + MESSAGES.spooled] as number;
        const observations = counts[from + OBSERVATIONS.spooled] as number;
        const replacing = counts[from + OBSERVATIONS.replacing] as number;
        most[at + OF.messages.spooled]! -= messages;
        most[at + OF.messages.stored]! += messages;
        most[at + OF.observations.spooled]! -= observations;
        most[at + OF.observations.stored]! += observations - replacing;
        if (replacing === 0) continue;
        rest[row * REST + REST_OF.observations.replaced]! += replacing;
        rest[row * REST + REST_OF.replacing]! -= replacing;
      }
    },

    /** … but for what the store itself refused. */
    reverse({ source, messages, stored, replaced }: BooksReversal): void {
      const { row } = of(source);
      most[row * MOST + OF.messages.stored]! -= messages;
      rest[row * REST + REST_OF.messages.refused]! += messages;
      most[row * MOST + OF.observations.stored]! -= stored;
      rest[row * REST + REST_OF.observations.replaced]! -= replaced;
      rest[row * REST + REST_OF.observations.refused]! += stored + replaced;
    },

    /** What is durable of the books, to be written down: what is in flight is left out of both sides. */
    snapshot(): BooksSnapshot[] {
      return accounts.map((account) => {
        const { source, messages, observations } = booksOf(account);
        messages.received -= messages.inFlight;
        messages.inFlight = 0;
        observations.received -= observations.inFlight;
        observations.inFlight = 0;
        return { source, messages, observations, replacing: rest[account.row * REST + REST_OF.replacing]! };
      });
    },

    /** Takes up what was written down, when all that was spooled then has been applied. */
    restore(snapshot: readonly BooksSnapshot[]): void {
      for (const { source, messages: m, observations: o, replacing } of snapshot) {
        const { row } = of(source);
        const [at, rare] = [row * MOST, row * REST];
        most[at + OF.messages.received]! += m.received;
        most[at + OF.messages.inFlight]! += m.inFlight;
        most[at + OF.messages.stored]! += m.stored + m.spooled;
        most[at + OF.observations.received]! += o.received;
        most[at + OF.observations.inFlight]! += o.inFlight;
        most[at + OF.observations.stored]! += o.stored + o.spooled - replacing;
        rest[rare + REST_OF.messages.duplicate]! += m.duplicate;
        rest[rare + REST_OF.messages.refused]! += m.refused;
        rest[rare + REST_OF.messages.ignored]! += m.ignored;
        rest[rare + REST_OF.observations.duplicate]! += o.duplicate;
        rest[rare + REST_OF.observations.refused]! += o.refused;
        rest[rare + REST_OF.observations.ignored]! += o.ignored;
        rest[rare + REST_OF.observations.thinned]! += o.thinned;
        rest[rare + REST_OF.observations.replaced]! += o.replaced + replacing;
      }
    },

    /** Whose books there are, by name. */
    sources: (): string[] => sorted().map(({ source }) => source),

    answer(asOf: EpochMs): Books & { readonly asOf: EpochMs; readonly sources: readonly SourceBooks[] } {
      const total = emptyBooks();
      const sources = sorted().map(booksOf);
      for (const { messages, observations } of sources) {
        addBooks(total.messages, messages);
        addBooks(total.observations, observations);
      }
      return { asOf, ...total, sources };
    },
  };
}

export type BookKeeping = ReturnType<typeof createBooks>;

function grown(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

const RARE = [
  ...[MESSAGES.duplicate, MESSAGES.refused, MESSAGES.ignored],
  ...[OBSERVATIONS.duplicate, OBSERVATIONS.refused, OBSERVATIONS.ignored],
  ...[OBSERVATIONS.thinned, OBSERVATIONS.replacing],
];

const hasRest = (counts: Float64Array, from: number): boolean => {
  for (let nth = 0; nth < RARE.length; nth++) if (counts[from + (RARE[nth] as number)] !== 0) return true;
  return false;
};
