import type { Migration } from './migration.ts';

/**
 * `rule` is what it was before, in English; `rule_zh` of events of before is empty. `correction_total` also counts what left
 * the list; `correction_position` says up to which record of a journal its events are listed.
 */
export const correctionKinds: Migration = {
  version: 21,
  title: 'every correction is listed and counted',
  sql: `
    ALTER TABLE correction ADD COLUMN rule_zh TEXT NOT NULL DEFAULT '';
    ALTER TABLE correction ADD COLUMN previous TEXT NOT NULL DEFAULT 'null' CHECK (json_valid(previous));
    CREATE INDEX correction_kind ON correction (kind, id);
    CREATE INDEX correction_series ON correction (machine, signal, kind, first_ts);
    CREATE TABLE correction_total (
      kind TEXT NOT NULL,
      action TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (kind, action)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO correction_total (kind, action, count)
      SELECT kind, action, sum(count) FROM correction GROUP BY kind, action;
    CREATE TABLE correction_position (
      journal TEXT PRIMARY KEY,
      record INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
