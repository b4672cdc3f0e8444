import type { Migration } from './migration.ts';

/** The books are published every second, so the shelf begins anew. `worker` is empty for an ingest that runs alone. */
export const workers: Migration = {
  version: 12,
  title: 'the books of every worker, and what each may take alone',
  sql: `
    DROP TABLE books_shelf;
    CREATE TABLE books_shelf (
      worker TEXT PRIMARY KEY,
      as_of INTEGER NOT NULL,
      books TEXT NOT NULL CHECK (json_valid(books)),
      standing TEXT NOT NULL CHECK (json_valid(standing)),
      left_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE worker_hold (
      worker TEXT NOT NULL,
      what TEXT NOT NULL,
      PRIMARY KEY (worker, what)
    ) STRICT, WITHOUT ROWID;
  `,
};
