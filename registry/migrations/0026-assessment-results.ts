import type { Migration } from './migration.ts';

/**
 * A result is written once, when its assessment is published (or later, where that was before there were results). Evidence
 * goes only where a result stands and its removal was written down before.
 */
export const assessmentResults: Migration = {
  version: 26,
  title: 'results of published assessments, and whose evidence is removed',
  sql: `
    CREATE TABLE assessment_result (
      assessment INTEGER PRIMARY KEY REFERENCES assessment (id),
      digest TEXT NOT NULL,
      document BLOB NOT NULL
    ) STRICT;
    CREATE TABLE evidence_removal (
      assessment INTEGER PRIMARY KEY REFERENCES assessment_result (assessment),
      removed_at INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER assessment_result_is_of_published BEFORE INSERT ON assessment_result
      WHEN (SELECT published_at FROM assessment WHERE id = new.assessment) IS NULL
    BEGIN SELECT RAISE(ABORT, 'only a published assessment has a result that stays'); END;
    CREATE TRIGGER assessment_result_is_written_once BEFORE INSERT ON assessment_result
      WHEN EXISTS (SELECT 1 FROM assessment_result WHERE assessment = new.assessment)
    BEGIN SELECT RAISE(ABORT, 'a published result never changes'); END;
    CREATE TRIGGER assessment_result_is_kept BEFORE UPDATE ON assessment_result
    BEGIN SELECT RAISE(ABORT, 'a published result never changes'); END;
    CREATE TRIGGER assessment_result_stays BEFORE DELETE ON assessment_result
    BEGIN SELECT RAISE(ABORT, 'a published result is never removed'); END;
    CREATE TRIGGER evidence_removal_needs_a_result BEFORE INSERT ON evidence_removal
      WHEN NOT EXISTS (SELECT 1 FROM assessment_result WHERE assessment = new.assessment)
    BEGIN SELECT RAISE(ABORT, 'evidence stays where no result is kept'); END;
    CREATE TRIGGER evidence_removal_is_written_once BEFORE INSERT ON evidence_removal
      WHEN EXISTS (SELECT 1 FROM evidence_removal WHERE assessment = new.assessment)
    BEGIN SELECT RAISE(ABORT, 'what is removed stays removed'); END;
    CREATE TRIGGER evidence_removal_is_kept BEFORE UPDATE ON evidence_removal
    BEGIN SELECT RAISE(ABORT, 'what is removed stays removed'); END;
    CREATE TRIGGER evidence_removal_stays BEFORE DELETE ON evidence_removal
    BEGIN SELECT RAISE(ABORT, 'what is removed stays removed'); END;
    DROP TRIGGER assessment_facts_stay;
    CREATE TRIGGER assessment_facts_stay
      BEFORE UPDATE OF id, pilot, rubric, rubric_version, from_ts, to_ts, created_at, rubric_json ON assessment
    BEGIN SELECT RAISE(ABORT, 'the facts of an assessment never change'); END;
    CREATE TRIGGER assessment_evidence_stays BEFORE UPDATE OF evidence ON assessment
      WHEN length(new.evidence) > 0 OR NOT EXISTS (SELECT 1 FROM evidence_removal WHERE assessment = old.id)
    BEGIN SELECT RAISE(ABORT, 'the facts of an assessment never change'); END;
  `,
};
