import type { Migration } from './migration.ts';

/** `worker` is empty for an ingest that runs alone. */
export const replayHolds: Migration = {
  version: 25,
  title: 'which ingest replays a quarantined message',
  sql: `
    CREATE TABLE replay_hold (
      id INTEGER PRIMARY KEY,
      worker TEXT NOT NULL
    ) STRICT;
  `,
};
