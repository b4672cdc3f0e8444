import type { DurationMs, EpochMs } from '../domain/time.ts';

/** Bytes that became durable within so long of each other share an age. */
const GRAIN_MS: DurationMs = 1000;
/** Beyond, neighbours are put together: a day's outage needs no more memory than an hour's. */
const MOST_MARKS = 1000;

interface Mark {
  /** Since the first of its bytes waits. */
  readonly since: EpochMs;
  /** Bytes durable since the start, up to its last one. */
  readonly upTo: number;
}

/** Since when the oldest of what waits for the store waits; what the run before left counts from this start. */
export function createSpoolAge({ bytes, now }: { readonly bytes: number; readonly now: () => EpochMs }) {
  let durable = bytes;
  let applied = 0;
  let marks: Mark[] = bytes > 0 ? [{ since: now(), upTo: bytes }] : [];

  return {
    grew(by: number): void {
      durable += by;
      const at = now();
      const last = marks.at(-1);
      if (last && at - last.since < GRAIN_MS) marks[marks.length - 1] = { since: last.since, upTo: durable };
      else marks.push({ since: at, upTo: durable });
      if (marks.length > MOST_MARKS) {
        marks = marks.flatMap((mark, index) =>
          index % 2 === 0 ? [{ since: mark.since, upTo: (marks[index + 1] ?? mark).upTo }] : [],
        );
      }
    },

    shrank(by: number): void {
      applied += by;
      const waiting = marks.findIndex(({ upTo }) => upTo > applied);
      marks = waiting < 0 ? [] : marks.slice(waiting);
    },

    /** `null`: nothing waits. */
    oldest: (): EpochMs | null => marks[0]?.since ?? null,
  };
}
