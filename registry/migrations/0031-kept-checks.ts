import type { Migration } from './migration.ts';

export const keptChecks: Migration = {
  version: 31,
  title: "what plausibility checks need of machines' hours, and of their gauges by production day",
  sql: `
    CREATE TABLE checked_machine (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE checked_hours (
      machine INTEGER NOT NULL REFERENCES checked_machine (id),
      -- UTC days since 1970 in which the hours begin.
      day INTEGER NOT NULL,
      hours BLOB NOT NULL,
      PRIMARY KEY (machine, day)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE checked_gauges (
      machine INTEGER NOT NULL REFERENCES checked_machine (id),
      from_ts INTEGER NOT NULL,
      to_ts INTEGER NOT NULL,
      -- By name: lively hours, then from, to and value of each flat stretch, as JSON.
      gauges TEXT NOT NULL,
      PRIMARY KEY (machine, from_ts)
    ) STRICT, WITHOUT ROWID;
  `,
};
