import type { Migration } from './migration.ts';

/**
 * The triggers keep what the reader of a report relies on, whatever program writes: facts and entries never change, and a
 * published assessment takes no more of them. AUTOINCREMENT: an id in a printed report never comes to mean another one.
 */
export const assessments: Migration = {
  version: 9,
  title: 'assessments with their evidence, and the entries that people add',
  sql: `
    CREATE TABLE assessment (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      pilot TEXT NOT NULL,
      rubric TEXT NOT NULL,
      rubric_version TEXT NOT NULL,
      from_ts INTEGER NOT NULL,
      to_ts INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      published_at INTEGER,
      published_by TEXT,
      evidence BLOB NOT NULL,
      rubric_json BLOB NOT NULL,
      CHECK ((published_at IS NULL) = (published_by IS NULL))
    ) STRICT;
    CREATE INDEX assessment_pilot ON assessment (pilot, rubric);
    CREATE INDEX assessment_rubric ON assessment (rubric);
    CREATE TABLE assessment_entry (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      assessment INTEGER NOT NULL REFERENCES assessment (id),
      entry TEXT NOT NULL CHECK (json_valid(entry))
    ) STRICT;
    CREATE INDEX assessment_entry_assessment ON assessment_entry (assessment, id);
    CREATE TRIGGER assessment_facts_stay
      BEFORE UPDATE OF id, pilot, rubric, rubric_version, from_ts, to_ts, created_at, evidence, rubric_json ON assessment
    BEGIN SELECT RAISE(ABORT, 'the facts of an assessment never change'); END;
    CREATE TRIGGER assessment_publishes_once
      BEFORE UPDATE OF published_at, published_by ON assessment WHEN old.published_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the assessment is published'); END;
    CREATE TRIGGER assessment_stays BEFORE DELETE ON assessment
    BEGIN SELECT RAISE(ABORT, 'an assessment is never removed'); END;
    CREATE TRIGGER assessment_published_is_closed BEFORE INSERT ON assessment_entry
      WHEN (SELECT published_at FROM assessment WHERE id = new.assessment) IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the assessment is published'); END;
    CREATE TRIGGER assessment_entry_is_kept BEFORE UPDATE ON assessment_entry
    BEGIN SELECT RAISE(ABORT, 'an entry never changes'); END;
    CREATE TRIGGER assessment_entry_stays BEFORE DELETE ON assessment_entry
    BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;
  `,
};
