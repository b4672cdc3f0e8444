/**
 * What nearly every message changes of its source, apart from the books: a line of the processor's cache for each source, by its
 * row in the books. Of ten thousand sources no object is in a cache when its next message comes, and a double that changes is an
 * object of its own.
 */
export interface SourceRows {
  numbers: Float64Array;
}

/** Numbers of a row. */
export const SOURCE_NUMBERS = 8;

/** Where each stands in its row. */
export const SOURCE = {
  /** When the source was heard last, our time in ms; minus infinity: never. */
  lastHeardAt: 0,
  /** The end of the span of receive time that is being counted, and the messages in it. */
  spanUntil: 1,
  inSpan: 2,
  /** The least that a message of that span was late by the source's clock, in ms; infinite: none had a time. */
  leastDelayMs: 3,
  /** The group that the source was last met in, and where its books stand there. */
  group: 4,
  place: 5,
  /** The journal segment in which `number` stands for the source; 0: none. */
  segment: 6,
  number: 7,
} as const;

const FIRST_ROWS = 64;

export const createSourceRows = (): SourceRows => ({
  numbers: new Float64Array(FIRST_ROWS * SOURCE_NUMBERS),
});

/** Makes room for a source that nothing came of. */
export function meetSource(rows: SourceRows, row: number): void {
  const at = row * SOURCE_NUMBERS;
  if (at >= rows.numbers.length) {
    const larger = new Float64Array(2 * Math.max(at, rows.numbers.length));
    larger.set(rows.numbers);
    rows.numbers = larger;
  }
  rows.numbers[at + SOURCE.lastHeardAt] = Number.NEGATIVE_INFINITY;
  rows.numbers[at + SOURCE.spanUntil] = Number.NEGATIVE_INFINITY;
  rows.numbers[at + SOURCE.leastDelayMs] = Number.POSITIVE_INFINITY;
}
