import type { Migration } from './migration.ts';

/** Rows are only ever added: what takes an edit back is one more row, with the span of what it takes back. */
export const annotations: Migration = {
  version: 16,
  title: 'what people said of stops',
  sql: `
    CREATE TABLE annotation (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      machine TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('annotate', 'reclassify', 'split', 'merge', 'undo')),
      from_ts INTEGER NOT NULL,
      to_ts INTEGER NOT NULL CHECK (to_ts >= from_ts),
      follows INTEGER NOT NULL CHECK (follows IN (0, 1)),
      reason TEXT,
      class TEXT,
      undoes TEXT REFERENCES annotation (id),
      note TEXT,
      by TEXT NOT NULL,
      made_at INTEGER NOT NULL,
      taken_at INTEGER,
      received_at INTEGER NOT NULL,
      tree_version INTEGER NOT NULL,
      CHECK ((kind = 'undo') = (undoes IS NOT NULL))
    ) STRICT;
    CREATE INDEX annotation_span ON annotation (machine, from_ts);
  `,
};
