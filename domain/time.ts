/** Milliseconds since 1970-01-01T00:00Z, UTC, integer. */
export type EpochMs = number;
/** A length of time, integer milliseconds. */
export type DurationMs = number;
/** A length of time, integer microseconds; BigInt because sums over a city and a year pass 2^53. */
export type DurationUs = bigint;

/** Half-open span `[from, to)` of integer milliseconds. */
export interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** The common part of two spans, or `undefined` where they don't overlap. */
export function intersect(a: Span, b: Span): Span | undefined {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? { from, to } : undefined;
}

/** The stretches of a span that none of the others covers, which ascend and don't overlap. */
export function* gapsIn(others: Iterable<Span>, { from, to }: Span): Generator<Span> {
  let reached = from;
  for (const other of others) {
    if (other.from > reached) yield { from: reached, to: other.from };
    reached = other.to;
  }
  if (reached < to) yield { from: reached, to };
}
