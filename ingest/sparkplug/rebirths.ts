import type { EpochMs } from '../../domain/time.ts';
import type { IngestLog } from '../log.ts';
import type { StartTimer } from './timer.ts';

/** The longest pause between two requests to a node that doesn't answer. */
const LONGEST_MS = 600_000;
/** Requests in one second, to all nodes: after a restart every node is asked, and every one answers with all it has. */
const MOST_A_SECOND = 200;
const MAX_NODES = 20_000;

/** So many places are looked at for one that nothing hangs on. */
const LOOKED_AT = 100;
const SECOND_MS = 1000;

interface Asked {
  readonly group: string;
  readonly node: string;
  /** Not before. */
  nextAt: EpochMs;
  lastAt: EpochMs;
  /** Requests in a row that no birth answered. */
  unanswered: number;
}

/** What became of a request that a person wants. `retryAt`: not before, as the node was asked just now. */
export type Demanded =
  | { readonly outcome: 'asked' | 'unreachable' | 'not-served' }
  | { readonly outcome: 'too-soon'; readonly retryAt: EpochMs };

export interface RebirthsOptions {
  readonly intervalMs: number;
  /** Publishes the request; `false`: there is no connection to do it on. */
  readonly send: (group: string, node: string) => boolean;
  readonly now: () => EpochMs;
  readonly timer: StartTimer;
  readonly log: IngestLog;
}

/**
 * Asks nodes for their births: a node at most once in `intervalMs`, and ever more seldom while it doesn't answer. A wish that
 * comes too early is kept until it may be uttered, or until a birth has fulfilled it. One timer wakes all that wait.
 */
export function createRebirths({ intervalMs, send, now, timer, log }: RebirthsOptions) {
  const nodes = new Map<string, Asked>();
  /** Wishes that wait, in the order in which they came, and why. */
  const waiting = new Map<Asked, string>();
  let stopTimer: (() => void) | null = null;
  let wakesAt = 0;
  let second = 0;
  let sentInSecond = 0;
  let closed = false;

  function mayNow(at: EpochMs): boolean {
    const own = Math.floor(at / SECOND_MS);
    if (own !== second) {
      second = own;
      sentInSecond = 0;
    }
    return sentInSecond < MOST_A_SECOND;
  }

  function ask(asked: Asked, why: string, more: { readonly by?: string } = {}): boolean {
    const { group, node } = asked;
    const at = now();
    if (!send(group, node)) return false;
    sentInSecond++;
    asked.lastAt = at;
    asked.nextAt = at + Math.min(LONGEST_MS, intervalMs * 2 ** Math.min(asked.unanswered, 20));
    asked.unanswered++;
    log('sparkplug-rebirth-asked', { group, node, why, unanswered: asked.unanswered, ...more });
    return true;
  }

  /** Utters what may be uttered now, and comes again for the rest. */
  function turn(): void {
    const at = now();
    let nextAt = Number.POSITIVE_INFINITY;
    for (const [asked, why] of waiting) {
      if (asked.nextAt > at) nextAt = Math.min(nextAt, asked.nextAt);
      else if (mayNow(at)) {
        waiting.delete(asked);
        ask(asked, why);
      } else nextAt = at;
    }
    if (waiting.size > 0) wakeIn(Math.max(nextAt - at, SECOND_MS));
  }

  function wakeIn(ms: number): void {
    if (stopTimer !== null) return;
    wakesAt = now() + ms;
    stopTimer = timer(ms, () => {
      stopTimer = null;
      if (!closed) turn();
    });
  }

  function rest(): void {
    stopTimer?.();
    stopTimer = null;
  }

  /** Lets go of a node that waits for nothing; `false`: none is found soon, and who wants something now asks again. */
  function makeRoom(): boolean {
    if (nodes.size < MAX_NODES) return true;
    let looked = 0;
    for (const [key, asked] of nodes) {
      nodes.delete(key);
      if (!waiting.has(asked) && asked.nextAt <= now()) return true;
      // Behind the others, so that it isn't looked at next time.
      nodes.set(key, asked);
      if (++looked === LOOKED_AT) break;
    }
    return false;
  }

  function askedOf(group: string, node: string): Asked | undefined {
    const key = `${group}/${node}`;
    const known = nodes.get(key);
    if (known || !makeRoom()) return known;
    const asked: Asked = { group, node, nextAt: 0, lastAt: Number.NEGATIVE_INFINITY, unanswered: 0 };
    nodes.set(key, asked);
    return asked;
  }

  return {
    /** A person wants it: at once, but no node is asked more often than once in `intervalMs`. */
    demanded(group: string, node: string, by: string): Demanded {
      const asked = closed ? undefined : askedOf(group, node);
      if (!asked) return { outcome: 'unreachable' };
      const at = now();
      const retryAt = Math.max(asked.lastAt + intervalMs, mayNow(at) ? 0 : at + SECOND_MS);
      if (at < retryAt) return { outcome: 'too-soon', retryAt };
      waiting.delete(asked);
      return { outcome: ask(asked, 'operator', { by }) ? 'asked' : 'unreachable' };
    },

    wanted(group: string, node: string, why: string): void {
      const asked = closed ? undefined : askedOf(group, node);
      if (!asked) return;
      if (waiting.has(asked)) return;
      const at = now();
      if (at >= asked.nextAt && mayNow(at)) {
        ask(asked, why);
        return;
      }
      waiting.set(asked, why);
      const ms = Math.max(asked.nextAt - at, SECOND_MS);
      if (at + ms < wakesAt) rest();
      wakeIn(ms);
    },

    /** A birth came: whatever was asked before it is answered. */
    answered(group: string, node: string): void {
      const asked = nodes.get(`${group}/${node}`);
      if (!asked) return;
      waiting.delete(asked);
      if (waiting.size === 0) rest();
      asked.unanswered = 0;
      asked.nextAt = asked.lastAt + intervalMs;
    },

    close(): void {
      closed = true;
      rest();
      waiting.clear();
      nodes.clear();
    },
  };
}
