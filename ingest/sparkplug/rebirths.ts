import type { EpochMs } from '../../domain/time.ts';
import type { IngestLog } from '../log.ts';
import type { StartTimer } from './timer.ts';

/** The longest pause between two requests to a node that doesn't answer. */
const LONGEST_MS = 600_000;
/** Requests in one second, to all nodes: after a restart every node is asked, and every one answers with all it has. */
const MOST_A_SECOND = 200;
const MAX_NODES = 20_000;

interface Asked {
  /** Not before. */
  nextAt: EpochMs;
  lastAt: EpochMs;
  /** Requests in a row that no birth answered. */
  unanswered: number;
  stop: (() => void) | null;
}

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
 * comes too early is kept until it may be uttered, or until a birth has fulfilled it.
 */
export function createRebirths({ intervalMs, send, now, timer, log }: RebirthsOptions) {
  const nodes = new Map<string, Asked>();
  let second = 0;
  let sentInSecond = 0;
  let closed = false;

  function mayNow(at: EpochMs): boolean {
    const own = Math.floor(at / 1000);
    if (own !== second) {
      second = own;
      sentInSecond = 0;
    }
    return sentInSecond < MOST_A_SECOND;
  }

  function ask(group: string, node: string, asked: Asked, why: string): void {
    const at = now();
    asked.stop?.();
    asked.stop = null;
    if (at < asked.nextAt || !mayNow(at)) {
      asked.stop = timer(Math.max(asked.nextAt - at, 1000), () => {
        asked.stop = null;
        if (!closed) ask(group, node, asked, why);
      });
      return;
    }
    if (!send(group, node)) return;
    sentInSecond++;
    asked.lastAt = at;
    asked.nextAt = at + Math.min(LONGEST_MS, intervalMs * 2 ** Math.min(asked.unanswered, 20));
    asked.unanswered++;
    log('sparkplug-rebirth-asked', { group, node, why, unanswered: asked.unanswered });
  }

  return {
    wanted(group: string, node: string, why: string): void {
      if (closed) return;
      const key = `${group}/${node}`;
      let asked = nodes.get(key);
      if (!asked) {
        if (nodes.size >= MAX_NODES) return;
        asked = { nextAt: 0, lastAt: 0, unanswered: 0, stop: null };
        nodes.set(key, asked);
      }
      if (asked.stop === null) ask(group, node, asked, why);
    },

    /** A birth came: whatever was asked before it is answered. */
    answered(group: string, node: string): void {
      const asked = nodes.get(`${group}/${node}`);
      if (!asked) return;
      asked.stop?.();
      asked.stop = null;
      asked.unanswered = 0;
      asked.nextAt = asked.lastAt + intervalMs;
    },

    close(): void {
      closed = true;
      for (const asked of nodes.values()) asked.stop?.();
      nodes.clear();
    },
  };
}
