import type { ApiError } from '../api.ts';

/** What the books of the same view tell already: no answer at all, an ingest that runs elsewhere, and one that doesn't run. */
const TOLD_BY_BOOKS: ReadonlySet<string> = new Set(['no-answer', 'ingest-elsewhere', 'store-unavailable']);

/** The failure of a further question, where it says more than the books' own. */
export const untold = (error: ApiError | undefined): ApiError | undefined =>
  error && !TOLD_BY_BOOKS.has(error.code) ? error : undefined;
