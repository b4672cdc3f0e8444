import type { BooksAnswer } from '../api/ingest-desk.ts';
import type { Ingest } from '../ingest/create-ingest.ts';
import { ALONE } from '../registry/books-shelf.ts';
import type { Registry } from '../registry/registry.ts';
import type { Edge } from './edge.ts';
import type { FactSources } from './notify-facts.ts';
import { readinessOf } from './readiness.ts';
import { isRunning, readinessOfAll } from './worker-books.ts';

export type OfIngest = Pick<FactSources, 'books' | 'parts' | 'hearing' | 'sourceHeard'>;

/** Of the ingest of this process. */
export const sourcesHere = (ingest: Ingest, edge: Edge): OfIngest => ({
  books: () => [{ ingest: ALONE, ...ingest.books() }],
  parts: () => readinessOf({ ingest, edge }).parts,
  hearing: edge.connected,
  sourceHeard: ingest.heardAt,
});

/** Of ingests that run as other processes, what they publish. */
export function sourcesElsewhere({ booksShelf }: Pick<Registry, 'booksShelf'>): OfIngest {
  const parts = () => readinessOfAll(booksShelf.all(), Date.now()).parts;
  return {
    books: () =>
      booksShelf
        .all()
        // What one that left for good has counted stands.
        .filter((one) => one.leftAt !== null || isRunning(one, Date.now()))
        .map(({ worker, books }) => ({ ingest: worker, ...(books as BooksAnswer) })),
    parts,
    // What one of them doesn't hear, another does.
    hearing: () => parts().some(({ part, ok }) => ok && /^broker( |$)/.test(part)),
  };
}
