import type { Migration } from './migration.ts';

/** What lists show, so that they don't score every assessment anew. Derived: it may be lost and made again. */
export const assessmentSummaries: Migration = {
  version: 10,
  title: 'what lists show of assessments',
  sql: `
    CREATE TABLE assessment_summary (
      assessment INTEGER PRIMARY KEY REFERENCES assessment (id),
      entries INTEGER NOT NULL,
      summary TEXT NOT NULL CHECK (json_valid(summary))
    ) STRICT;
  `,
};
