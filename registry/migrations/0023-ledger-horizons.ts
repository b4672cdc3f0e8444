import type { Migration } from './migration.ts';

/** `kind` is a grain, or `revisions`: what of it begins before the instant is no longer kept. */
export const ledgerHorizons: Migration = {
  version: 23,
  title: 'up to where recorded ledgers were removed',
  sql: `
    CREATE TABLE ledger_horizon (kind TEXT PRIMARY KEY, before_ts INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
