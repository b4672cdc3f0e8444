import type { IngestLog } from '../ingest/log.ts';
import type { Log } from '../operation/log.ts';

/** Ingest reports only what is out of the ordinary, so everything it says is a warning. */
export const ingestLog =
  (log: Log): IngestLog =>
  (event, fields) =>
    log('warn', event, fields);
