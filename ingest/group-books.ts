/** Counts of a row: five of messages, then seven of observations. */
export const COUNTS = 12;

/** Where each count stands in its row. */
export const MESSAGES = { received: 0, spooled: 1, duplicate: 2, refused: 3, ignored: 4 } as const;
export const OBSERVATIONS = {
  received: 5,
  spooled: 6,
  duplicate: 7,
  refused: 8,
  ignored: 9,
  replacing: 10,
  thinned: 11,
} as const;

/** Its row in the books was not looked up. */
export const UNKNOWN_ROW = -1;

const FIRST_ROWS = 16;

/**
 * How a group of messages changes the books once it is durable: a row of counts for each source, of which one may have several.
 * Among ten thousand machines nearly every message is of another source, so that a row is numbers in an array and no object.
 */
export interface GroupBooks {
  readonly sources: string[];
  /** Which row of the books each changes, or {@link UNKNOWN_ROW}. */
  rows: Int32Array;
  /** `replacing` is the part of `spooled` that corrects. */
  counts: Float64Array;
}

export const emptyGroupBooks = (rows = FIRST_ROWS): GroupBooks => ({
  sources: [],
  rows: new Int32Array(rows),
  counts: new Float64Array(rows * COUNTS),
});

/** Adds a row without counts; its place. */
export function addRow(books: GroupBooks, source: string, row = UNKNOWN_ROW): number {
  const place = books.sources.push(source) - 1;
  if (place === books.rows.length) {
    const rows = new Int32Array(2 * place);
    rows.set(books.rows);
    books.rows = rows;
    const counts = new Float64Array(2 * place * COUNTS);
    counts.set(books.counts);
    books.counts = counts;
  }
  books.rows[place] = row;
  return place;
}
