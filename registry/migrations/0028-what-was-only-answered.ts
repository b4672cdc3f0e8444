import type { Migration } from './migration.ts';

/**
 * `correction_total.listed` is what the list holds of a kind, `correction_left` what left it of the events about stored
 * values, by the hour of their source time.
 */
export const whatWasOnlyAnswered: Migration = {
  version: 28,
  title: 'totals of corrections that are read at once',
  sql: `
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
