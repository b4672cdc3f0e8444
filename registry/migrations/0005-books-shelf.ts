import type { Migration } from './migration.ts';

export const booksShelf: Migration = {
  version: 5,
  title: 'the books as ingest published them last',
  sql: `
    CREATE TABLE books_shelf (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      as_of INTEGER NOT NULL,
      books TEXT NOT NULL
    ) STRICT;
  `,
};
