import type { IngestLog } from '../log.ts';
import type { QuarantineSelection } from '../ports.ts';
import type { ReplayAnswer } from '../replay.ts';
import type { StartTimer } from './timer.ts';

/** What a birth makes readable. */
const CODES = ['sparkplug-no-birth', 'sparkplug-unknown-metric'] as const;

/**
 * When it is tried: births come one behind the other, so a moment later; and what is refused reaches quarantine only with the
 * store's next batch, which may be away.
 */
const ATTEMPTS_MS = [1000, 5000, 30_000, 120_000, 600_000];

/** A topic of which messages are still to come out of quarantine. */
interface Wanted {
  /** How many. */
  left: number;
  attempt: number;
  stop: () => void;
}

/** Replays what is in quarantine since before a birth that tells what it means; each topic at its own pace. */
export function createReread({
  replay,
  timer,
  log,
}: {
  readonly replay: (selection: QuarantineSelection) => Promise<ReplayAnswer>;
  readonly timer: StartTimer;
  readonly log: IngestLog;
}) {
  const wanted = new Map<string, Wanted>();
  let closed = false;

  function plan(topic: string, left: number, attempt: number): void {
    const stop = timer(ATTEMPTS_MS[attempt] as number, () => void tryNow(topic));
    wanted.set(topic, { left, attempt, stop });
  }

  async function tryNow(topic: string): Promise<void> {
    const entry = wanted.get(topic);
    if (!entry) return;
    try {
      for (const code of CODES) entry.left -= (await replay({ code, topic })).stored;
    } catch (error) {
      if (!closed) log('sparkplug-reread-failed', { error: (error as Error).message });
    }
    // Another birth that came meanwhile has planned it anew.
    if (wanted.get(topic) !== entry) return;
    const attempt = entry.attempt + 1;
    if (entry.left > 0 && attempt < ATTEMPTS_MS.length) plan(topic, entry.left, attempt);
    else wanted.delete(topic);
  }

  return {
    /** So many messages of a topic became readable. */
    readable(topic: string, messages: number): void {
      const before = wanted.get(topic);
      before?.stop();
      plan(topic, (before?.left ?? 0) + messages, 0);
    },
    close(): void {
      closed = true;
      for (const { stop } of wanted.values()) stop();
      wanted.clear();
    },
  };
}
