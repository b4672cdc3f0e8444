import type { Migration } from './migration.ts';

/**
 * A mark with `says_only` names the cause of revisions that were answered and never recorded; nothing is worked off for it.
 * `ledger_answered` is how far facts can change what was answered of a machine, `stored_watched` up to where its stored values
 * were judged by a process that isn't told of them. `correction_total.listed` is what the list
 * holds of a kind, `correction_left` what left it of the events about stored values, by the hour of their source time.
 */
export const whatWasOnlyAnswered: Migration = {
  version: 28,
  title: 'causes of what was only answered, and totals of corrections that are read at once',
  sql: `
    ALTER TABLE ledger_mark ADD COLUMN says_only INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX ledger_mark_work ON ledger_mark (id) WHERE says_only = 0;
    CREATE TABLE ledger_answered (machine TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX ledger_answered_until ON ledger_answered (until);
    INSERT INTO ledger_answered (machine, until)
      SELECT machine, max(until) FROM (
        SELECT machine, max(until_ts) AS until FROM unheard_cells GROUP BY machine
        UNION ALL
        SELECT machine, max(coalesce(json_extract(kept, '$.to'), from_ts)) FROM answered_cell GROUP BY machine
      ) GROUP BY machine;
    CREATE TABLE stored_watched (
      machine TEXT PRIMARY KEY,
      until INTEGER NOT NULL,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stored_watched_seq ON stored_watched (seq);
    ALTER TABLE correction_total ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
    UPDATE correction_total SET listed = (
      SELECT coalesce(sum(count), 0) FROM correction
      WHERE kind = correction_total.kind AND action = correction_total.action
    );
    CREATE TABLE correction_left (
      machine TEXT NOT NULL,
      hour INTEGER NOT NULL,
      kind TEXT NOT NULL,
      action TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (machine, hour, kind, action)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX correction_left_hour ON correction_left (hour);
  `,
};
