import type { Migration } from './migration.ts';

export const dayTallies: Migration = {
  version: 11,
  title: "what is counted of machines' production days beside their ledger",
  sql: `
    CREATE TABLE tallied_machine (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE day_tally (
      machine INTEGER NOT NULL REFERENCES tallied_machine (id),
      from_ts INTEGER NOT NULL,
      to_ts INTEGER NOT NULL,
      heard INTEGER NOT NULL CHECK (heard IN (0, 1)),
      reasoned_stop_ms INTEGER NOT NULL,
      PRIMARY KEY (machine, from_ts)
    ) STRICT, WITHOUT ROWID;
  `,
};
