import type { Migration } from './migration.ts';

/** `kept` is the whole cell; `null` where a former version of the program answered it, which kept its digest alone. */
export const answeredCells: Migration = {
  version: 22,
  title: 'what was answered of ledger cells is kept whole until it is recorded',
  sql: `
    CREATE TABLE answered_cell (
      machine TEXT NOT NULL,
      grain TEXT NOT NULL,
      from_ts INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      content TEXT NOT NULL,
      kept TEXT CHECK (json_valid(kept)),
      mark INTEGER NOT NULL,
      PRIMARY KEY (machine, grain, from_ts, revision)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO answered_cell
      SELECT machine, grain, CAST(substr(span, 1, instr(span, ' ') - 1) AS INTEGER), revision, content, NULL, 0
      FROM (SELECT *, substr(cell, 1, instr(cell, ' ') - 1) AS grain, substr(cell, instr(cell, ' ') + 1) AS span
            FROM served_cell WHERE recorded_at IS NULL)
      WHERE grain IN ('hour', 'shift', 'day');
    DROP TABLE served_cell;
    CREATE TABLE ledger_batch (id INTEGER PRIMARY KEY AUTOINCREMENT, machine TEXT NOT NULL UNIQUE) STRICT;
  `,
};
