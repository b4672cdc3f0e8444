const SHORTEST_MS = 200;
const LONGEST_MS = 10_000;

const SHORTEST_YIELD_MS = 10_000;
const LONGEST_YIELD_MS = 300_000;

/**
 * How long to wait after another client took the session over: from 10 s to a bound that doubles each time up to five
 * minutes. Who takes a session over at once starts a war that neither ends, and each blow costs redeliveries.
 */
export function yieldMs(times: number, random: () => number = Math.random): number {
  const bound = Math.min(LONGEST_YIELD_MS, SHORTEST_YIELD_MS * 2 ** Math.min(times, 30));
  return Math.round(SHORTEST_YIELD_MS + random() * (bound - SHORTEST_YIELD_MS));
}

/**
 * How long to wait before the next attempt: anywhere between 0.2 s and a bound that doubles with every failure up to
 * 10 s, so that a thousand edges don't come back to a restarted broker at the same moment.
 */
export function backoffMs(failures: number, random: () => number = Math.random): number {
  const bound = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(failures + 1, 30));
  return Math.round(SHORTEST_MS + random() * (bound - SHORTEST_MS));
}
