import type { Migration } from './migration.ts';

export const servedCells: Migration = {
  version: 6,
  title: 'what was answered of ledger cells before they were recorded',
  sql: `
    CREATE TABLE served_cell (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      machine TEXT NOT NULL,
      cell TEXT NOT NULL,
      content TEXT NOT NULL,
      revision INTEGER NOT NULL,
      recorded_at INTEGER,
      UNIQUE (machine, cell)
    ) STRICT;
    CREATE INDEX served_cell_recorded ON served_cell (recorded_at) WHERE recorded_at IS NOT NULL;
  `,
};
