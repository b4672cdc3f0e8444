import type { Migration } from './migration.ts';

/**
 * `day` is the begin of a UTC day; `content` is JSON, deflated: what changed in that day. Of older horizons nothing was
 * kept, up to where is told by none of them.
 */
export const keptWork: Migration = {
  version: 27,
  title: 'what machines worked on, and parts of hours, whose raw data was removed',
  sql: `
    CREATE TABLE kept_work (
      machine TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('work', 'told', 'parts')),
      day INTEGER NOT NULL,
      content BLOB NOT NULL,
      PRIMARY KEY (machine, kind, day)
    ) STRICT;
    CREATE INDEX kept_parts_by_day ON kept_work (day) WHERE kind = 'parts';
    ALTER TABLE raw_horizon ADD COLUMN worked_until INTEGER;
  `,
};
