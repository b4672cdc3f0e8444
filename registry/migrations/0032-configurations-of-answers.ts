import type { Migration } from './migration.ts';

/** `config` is the hash of what the cell was answered by, whose document is kept; `null`: a former version of the program answered it. */
export const configurationsOfAnswers: Migration = {
  version: 32,
  title: 'the configuration that each answered cell was made with',
  sql: 'ALTER TABLE answered_cell ADD COLUMN config TEXT;',
};
