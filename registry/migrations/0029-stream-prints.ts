import type { Migration } from './migration.ts';

export const streamPrints: Migration = {
  version: 29,
  title: "prints of machines' production days, by which streams are known again",
  sql: `
    CREATE TABLE printed_machine (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE stream_print (
      machine INTEGER NOT NULL REFERENCES printed_machine (id),
      from_ts INTEGER NOT NULL,
      to_ts INTEGER NOT NULL,
      -- Six bytes each, the highest first.
      windows BLOB NOT NULL,
      -- Numbers of the runs one after another, as JSON.
      periodic TEXT NOT NULL,
      PRIMARY KEY (machine, from_ts)
    ) STRICT, WITHOUT ROWID;
  `,
};
