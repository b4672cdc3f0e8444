import type { Migration } from './migration.ts';

/**
 * Closed cells of a machine that end after the row before and no later than `until_ts`, of which nothing is recorded or
 * kept, were answered, if at all, as of a machine that nobody had heard of, by that configuration.
 */
export const unheardCells: Migration = {
  version: 24,
  title: 'up to where a machine was asked about before it was ever heard',
  sql: `
    CREATE TABLE unheard_cells (
      machine TEXT NOT NULL,
      until_ts INTEGER NOT NULL,
      config TEXT NOT NULL,
      PRIMARY KEY (machine, until_ts)
    ) STRICT, WITHOUT ROWID;
  `,
};
