import type { Migration } from './migration.ts';

/**
 * `day` is the begin of a UTC day; `content` is JSON, deflated: classes, states and reasons, one after another. Of older
 * horizons nothing was kept, and up to where is told by none of them, nor when their machine was heard first.
 */
export const keptTracks: Migration = {
  version: 30,
  title: 'classes, states and reasons of time whose raw data was removed',
  sql: `
    CREATE TABLE kept_track (
      machine TEXT NOT NULL,
      day INTEGER NOT NULL,
      content BLOB NOT NULL,
      PRIMARY KEY (machine, day)
    ) STRICT;
    ALTER TABLE raw_horizon ADD COLUMN tracked_until INTEGER;
    ALTER TABLE raw_horizon ADD COLUMN first_heard INTEGER;
  `,
};
