import type { DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';

/** Where ingest lays its books for other processes to read. */
export function openBooksShelf(db: DatabaseSync) {
  const put = db.prepare(
    `INSERT INTO books_shelf VALUES (1, ?, ?)
     ON CONFLICT (one) DO UPDATE SET as_of = excluded.as_of, books = excluded.books`,
  );
  const get = db.prepare('SELECT as_of, books FROM books_shelf');
  return {
    publish(asOf: EpochMs, books: unknown): void {
      put.run(asOf, JSON.stringify(books));
    },

    /** What was published last, as JSON gives it back; `undefined`: nothing yet. */
    latest(): { readonly asOf: EpochMs; readonly books: unknown } | undefined {
      const row = get.get();
      return row && { asOf: row.as_of as EpochMs, books: JSON.parse(row.books as string) };
    },
  };
}
