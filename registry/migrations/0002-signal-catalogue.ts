import type { Migration } from './migration.ts';

export const signalCatalogue: Migration = {
  version: 2,
  title: 'pinned type of every signal',
  sql: `
    CREATE TABLE signal (
      machine TEXT NOT NULL,
      signal TEXT NOT NULL,
      type TEXT NOT NULL CHECK (type IN ('double', 'int64', 'boolean', 'text')),
      PRIMARY KEY (machine, signal)
    ) STRICT, WITHOUT ROWID;
  `,
};
