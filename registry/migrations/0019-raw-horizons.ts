import type { Migration } from './migration.ts';

/** A carried value is told by its type: double, int64, boolean or text. */
export const rawHorizons: Migration = {
  version: 19,
  title: 'up to where raw data was removed, and what it said there',
  sql: `
    CREATE TABLE raw_horizon (
      machine TEXT PRIMARY KEY,
      before_ts INTEGER NOT NULL,
      last_heard INTEGER NOT NULL,
      carried TEXT NOT NULL CHECK (json_valid(carried))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE raw_horizon_version (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL) STRICT;
    INSERT INTO raw_horizon_version VALUES (1, 0);
  `,
};
