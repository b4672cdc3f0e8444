import type { Migration } from './migration.ts';

export const ledgerMarks: Migration = {
  version: 3,
  title: 'how far ledgers are recorded, and what late data touched since',
  sql: `
    CREATE TABLE ledger_recorded (machine TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE ledger_config (machine TEXT PRIMARY KEY, config TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE ledger_mark (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      machine TEXT NOT NULL,
      from_ts INTEGER NOT NULL,
      to_ts INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX ledger_mark_machine ON ledger_mark (machine, from_ts);
  `,
};
