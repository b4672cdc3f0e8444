import { addBooks, type Books, emptyBooks, type MessageBooks } from '../domain/books.ts';
import type { EpochMs } from '../domain/time.ts';

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

/** How a group of messages changes a source's books once it is durable; `replacing` is the part of `spooled` that corrects. */
export interface BooksDelta {
  readonly source: string;
  readonly messages: {
    received: number;
    duplicate: number;
    refused: number;
    ignored: number;
    spooled: number;
  };
  readonly observations: {
    received: number;
    duplicate: number;
    refused: number;
    ignored: number;
    spooled: number;
    replacing: number;
    thinned: number;
  };
  /** The books that it changes, once they were looked up; it changes them several times. */
  books?: SourceBooks;
}

/** Counts that a store's refusal takes back from `stored` and `replaced`, to `refused`. */
export interface BooksReversal {
  readonly source: string;
  readonly messages: number;
  readonly stored: number;
  readonly replaced: number;
}

export const newDelta = (source: string): BooksDelta => ({
  source,
  messages: { received: 0, duplicate: 0, refused: 0, ignored: 0, spooled: 0 },
  observations: { received: 0, duplicate: 0, refused: 0, ignored: 0, spooled: 0, replacing: 0, thinned: 0 },
});

/** The books of every source. Each step keeps both balanced. */
export function createBooks() {
  const bySource = new Map<string, SourceBooks>();
  /** The same by name; `null`: to be sorted anew, which takes longer than all the rest of an answer. */
  let byName: readonly SourceBooks[] | null = null;
  /** The part of each source's spooled observations that correct another value. */
  const replacing = new Map<string, number>();

  const addReplacing = (source: string, count: number): void => {
    if (count !== 0) replacing.set(source, (replacing.get(source) ?? 0) + count);
  };

  function of(source: string): SourceBooks {
    const known = bySource.get(source);
    if (known) return known;
    if (bySource.size >= MAX_SOURCES && source !== UNMATCHED) return of(UNMATCHED);
    const books = { source, ...emptyBooks() };
    bySource.set(source, books);
    byName = null;
    return books;
  }

  function changedBy(delta: BooksDelta): SourceBooks {
    delta.books ??= of(delta.source);
    return delta.books;
  }

  function sorted(): readonly SourceBooks[] {
    byName ??= [...bySource.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
    return byName;
  }

  return {
    of,

    /** The observations of a group were found; like its messages they are in flight until it is durable. */
    found(delta: BooksDelta): void {
      const { observations } = changedBy(delta);
      const { received } = delta.observations;
      observations.received += received;
      observations.inFlight += received;
    },

    /** A group became durable: what was in flight has its fate, or waits in the spool. */
    settle(delta: BooksDelta): void {
      const { source, messages: m, observations: o } = delta;
      const { messages, observations } = changedBy(delta);
      messages.inFlight -= m.received;
      observations.inFlight -= o.received;
      addFates(messages, m);
      addFates(observations, o);
      observations.thinned += o.thinned;
      addReplacing(source, o.replacing);
    },

    /** A group is read back after a start. */
    recover({ source, messages: m, observations: o }: BooksDelta): void {
      const { messages, observations } = of(source);
      messages.received += m.received;
      observations.received += o.received;
      addFates(messages, m);
      addFates(observations, o);
      observations.thinned += o.thinned;
      addReplacing(source, o.replacing);
    },

    /** A group rests in the store. */
    apply(delta: BooksDelta): void {
      const { source, messages: m, observations: o } = delta;
      const { messages, observations } = changedBy(delta);
      messages.spooled -= m.spooled;
      messages.stored += m.spooled;
      observations.spooled -= o.spooled;
      observations.stored += o.spooled - o.replacing;
      observations.replaced += o.replacing;
      addReplacing(source, -o.replacing);
    },

    /** … but for what the store itself refused. */
    reverse({ source, messages: count, stored, replaced }: BooksReversal): void {
      const { messages, observations } = of(source);
      messages.stored -= count;
      messages.refused += count;
      observations.stored -= stored;
      observations.replaced -= replaced;
      observations.refused += stored + replaced;
    },

    /** What is durable of the books, to be written down: what is in flight is left out of both sides. */
    snapshot(): BooksSnapshot[] {
      return [...bySource.values()].map(({ source, messages, observations }) => ({
        source,
        messages: { ...messages, received: messages.received - messages.inFlight, inFlight: 0 },
        observations: {
          ...observations,
          received: observations.received - observations.inFlight,
          inFlight: 0,
        },
        replacing: replacing.get(source) ?? 0,
      }));
    },

    /** Takes up what was written down, when all that was spooled then has been applied. */
    restore(snapshot: readonly BooksSnapshot[]): void {
      for (const { source, messages, observations, replacing: corrections } of snapshot) {
        const books = of(source);
        addBooks(books.messages, { ...messages, stored: messages.stored + messages.spooled, spooled: 0 });
        addBooks(books.observations, {
          ...observations,
          stored: observations.stored + observations.spooled - corrections,
          replaced: observations.replaced + corrections,
          spooled: 0,
        });
      }
    },

    /** Whose books there are, by name. */
    sources: (): string[] => sorted().map(({ source }) => source),

    answer(asOf: EpochMs): Books & { readonly asOf: EpochMs; readonly sources: readonly SourceBooks[] } {
      const total = emptyBooks();
      const sources = sorted();
      for (const { messages, observations } of sources) {
        addBooks(total.messages, messages);
        addBooks(total.observations, observations);
      }
      return {
        asOf,
        ...total,
        sources: sources.map(({ source, messages, observations }) => ({
          source,
          messages: { ...messages },
          observations: { ...observations },
        })),
      };
    },
  };
}

export type BookKeeping = ReturnType<typeof createBooks>;

function addFates(
  books: MessageBooks,
  delta: { duplicate: number; refused: number; ignored: number; spooled: number },
): void {
  books.duplicate += delta.duplicate;
  books.refused += delta.refused;
  books.ignored += delta.ignored;
  books.spooled += delta.spooled;
}
