import type { DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';

/** The worker's name of an ingest that has the data folder alone. */
export const ALONE = '';

/** What an ingest laid on the shelf last, as JSON gives it back. */
export interface ShelvedBooks {
  /** {@link ALONE}, or a worker. */
  readonly worker: string;
  readonly asOf: EpochMs;
  readonly books: unknown;
  /** How its broker, spool and store stood. */
  readonly standing: unknown;
  /** When it left for good, with nothing waiting for it any more; `null`: it didn't. */
  readonly leftAt: EpochMs | null;
}

/** Where each ingest lays its books for other processes to read. What a worker that left has booked stays. */
export function openBooksShelf(db: DatabaseSync) {
  const put = db.prepare(
    `INSERT INTO books_shelf VALUES (?, ?, ?, ?, NULL)
     ON CONFLICT (worker) DO UPDATE
     SET as_of = excluded.as_of, books = excluded.books, standing = excluded.standing, left_at = NULL`,
  );
  const left = db.prepare('UPDATE books_shelf SET left_at = ? WHERE worker = ?');
  const all = db.prepare('SELECT * FROM books_shelf ORDER BY worker');
  return {
    publish({ worker, asOf, books, standing }: Omit<ShelvedBooks, 'leftAt'>): void {
      put.run(worker, asOf, JSON.stringify(books), JSON.stringify(standing));
    },

    /** The worker is gone for good; when it publishes again, it is back. */
    leave(worker: string, at: EpochMs): void {
      left.run(at, worker);
    },

    /** What each published last, by name. */
    all(): readonly ShelvedBooks[] {
      return all.all().map((row) => ({
        worker: row.worker as string,
        asOf: row.as_of as EpochMs,
        books: JSON.parse(row.books as string),
        standing: JSON.parse(row.standing as string),
        leftAt: row.left_at as EpochMs | null,
      }));
    },
  };
}
