import type { Migration } from './migration.ts';

/** `causes` are words of the domain, comma-separated; `former` and `present` are configurations, where they differ. */
export const ledgerRevisions: Migration = {
  version: 17,
  title: 'why recorded ledgers changed',
  sql: `
    ALTER TABLE ledger_mark ADD COLUMN cause TEXT;
    ALTER TABLE ledger_mark ADD COLUMN former TEXT;
    CREATE TABLE ledger_document (
      id INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,
      document TEXT NOT NULL CHECK (json_valid(document))
    ) STRICT;
    CREATE TABLE ledger_revision (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      machine TEXT NOT NULL,
      grain TEXT NOT NULL,
      from_ts INTEGER NOT NULL,
      to_ts INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      previous INTEGER,
      at INTEGER NOT NULL,
      causes TEXT NOT NULL,
      after_final INTEGER NOT NULL,
      former INTEGER REFERENCES ledger_document (id),
      present INTEGER REFERENCES ledger_document (id),
      UNIQUE (machine, grain, from_ts, revision)
    ) STRICT;
    CREATE INDEX ledger_revision_after_final ON ledger_revision (id) WHERE after_final = 1;
  `,
};
