import type { Migration } from './migration.ts';

/** Every mark ever made, also after it was worked off: whoever keeps recorded cells in memory learns which to read again. */
export const ledgerTouches: Migration = {
  version: 7,
  title: 'which recorded ledgers were touched lately',
  sql: `
    CREATE TABLE ledger_touch (
      id INTEGER PRIMARY KEY,
      machine TEXT NOT NULL,
      from_ts INTEGER NOT NULL
    ) STRICT;
    INSERT INTO ledger_touch SELECT id, machine, from_ts FROM ledger_mark;
  `,
};
