import { setTimeout as sleep } from 'node:timers/promises';
import type { IngestLog } from './log.ts';

export interface RetryPace {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Between two attempts: doubling, with jitter, so that many don't come back at the same moment. */
export const RETRY_PACE: RetryPace = { firstMs: 100, longestMs: 5000 };

const REPEAT_LOG_EVERY = 20;

/** Ingest ends, and an attempt with it. */
export class Stopped extends Error {
  override name = 'Stopped';
}

/** Repeats what must not get lost until it succeeds. Rejects with {@link Stopped} only. */
export function createRetry(options: {
  readonly log: IngestLog;
  readonly pace: RetryPace;
  readonly stop: AbortSignal;
}) {
  const { log, pace, stop } = options;
  return async <T>(
    what: string,
    attempt: () => T | Promise<T>,
    failed?: (error: Error) => void,
  ): Promise<T> => {
    for (let failures = 0; ; failures++) {
      if (stop.aborted) throw new Stopped(what);
      try {
        const result = await attempt();
        if (failures > 0) log(`${what}-recovered`, { failures });
        return result;
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        failed?.(error);
        if (failures % REPEAT_LOG_EVERY === 0) {
          log(`${what}-failed`, { error: error.message, name: error.name, failures: failures + 1 });
        }
        const bound = Math.min(pace.longestMs, pace.firstMs * 2 ** Math.min(failures, 20));
        await sleep(bound * (0.5 + Math.random() / 2), undefined, { signal: stop }).catch(() => {
          throw new Stopped(what);
        });
      }
    }
  };
}

export type Retry = ReturnType<typeof createRetry>;
