import { z } from 'zod';
import { wholeNumber } from './parameter.ts';

/** Entries of a page where nobody says how many, and the most that one may ask for. */
const MOST = 1000;

/** Parameters of a list that is given page by page. */
export const pageParams = {
  limit: wholeNumber({ min: 1, max: MOST }, `At most so many; absent: ${MOST}`).optional(),
  cursor: wholeNumber(
    { min: 0, max: Number.MAX_SAFE_INTEGER },
    '`next` of the answer before; absent: from the first page',
  ).optional(),
};

/** The field of an answer that leads to the next page. */
export const nextPage = {
  next: z.string().nullable().describe('`cursor` of the next page; null: this is the last'),
};

export interface PageAsked {
  readonly limit?: number | undefined;
  readonly cursor?: number | undefined;
}

/**
 * A page of a list that grows at its end alone, and of which nothing is taken out: `oldest-first` as it is, `newest-first` as a
 * list that grows at its beginning. So what is added between two pages neither repeats nor hides an entry.
 */
export function pageOf<T>(
  items: readonly T[],
  grows: 'oldest-first' | 'newest-first',
  { limit = MOST, cursor }: PageAsked,
): { readonly page: readonly T[]; readonly next: string | null } {
  const { length } = items;
  const from = grows === 'oldest-first' ? (cursor ?? 0) : Math.max(0, length - (cursor ?? length));
  const to = Math.min(from + limit, length);
  if (to >= length) return { page: items.slice(from), next: null };
  return { page: items.slice(from, to), next: String(grows === 'oldest-first' ? to : length - to) };
}
