import type { Migration } from './migration.ts';

/** Values are JSON, 64-bit integers as `{"int64": "…"}`. */
export const corrections: Migration = {
  version: 14,
  title: 'what rules did to values',
  sql: `
    CREATE TABLE correction (
      id INTEGER PRIMARY KEY,
      machine TEXT NOT NULL,
      signal TEXT NOT NULL,
      kind TEXT NOT NULL,
      action TEXT NOT NULL,
      rule TEXT NOT NULL,
      first_ts INTEGER NOT NULL,
      last_ts INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      count INTEGER NOT NULL,
      raw TEXT NOT NULL CHECK (json_valid(raw)),
      result TEXT NOT NULL CHECK (json_valid(result)),
      last_raw TEXT NOT NULL CHECK (json_valid(last_raw))
    ) STRICT;
    CREATE INDEX correction_machine ON correction (machine, id);
    CREATE INDEX correction_received ON correction (received_at);
  `,
};
