import type { IngestLog } from '../ingest/log.ts';
import type { Log } from '../operation/log.ts';

/** A defect, lost readiness, or damage: somebody has to act. */
const ERRORS: ReadonlySet<string> = new Set(['ingest-defect', 'spool-full', 'journal-damaged']);

/** Ingest reports only what is out of the ordinary, so all else that it says is a warning. */
export const ingestLog =
  (log: Log): IngestLog =>
  (event, fields) =>
    log(ERRORS.has(event) ? 'error' : 'warn', event, fields);
