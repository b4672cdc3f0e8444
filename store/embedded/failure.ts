import { StoreUnavailable } from '../port.ts';

/** DuckDB refuses everything after such an error until the file is opened again. */
export const isFatal = (error: unknown): boolean =>
  /FATAL|has been invalidated|database is closed/i.test(textOf(error));

/** Errors of the host (disk, memory, files) that pass, as {@link StoreUnavailable} with DuckDB's own reason; others as they are. */
export function translated(error: unknown): unknown {
  const text = textOf(error);
  if (error instanceof StoreUnavailable) return error;
  if (isFatal(error) || /IO Error|Out of Memory|No space left|could not write|could not fsync/i.test(text)) {
    return new StoreUnavailable(`the embedded store can't answer now: ${text}`, { cause: error });
  }
  return error;
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
