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

/** Replays what is in quarantine since before a birth that tells what it means. */
export function createReread({
  replay,
  timer,
  log,
}: {
  readonly replay: (selection: QuarantineSelection) => Promise<ReplayAnswer>;
  readonly timer: StartTimer;
  readonly log: IngestLog;
}) {
  /** How many messages of each topic are still to come out of quarantine. */
  const wanted = new Map<string, { left: number; attempt: number }>();
  let stop: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let closed = false;

  async function tryAll(): Promise<void> {
    for (const [topic, entry] of wanted) {
      for (const code of CODES) entry.left -= (await replay({ code, topic })).stored;
      entry.attempt++;
      if (entry.left <= 0 || entry.attempt >= ATTEMPTS_MS.length) wanted.delete(topic);
    }
  }

  function again(): void {
    if (closed || stop || running || wanted.size === 0) return;
    const next = Math.min(...[...wanted.values()].map(({ attempt }) => attempt));
    stop = timer(ATTEMPTS_MS[next] as number, () => {
      stop = null;
      running = tryAll()
        .catch((error: Error) => {
          if (!closed) log('sparkplug-reread-failed', { error: error.message });
          wanted.clear();
        })
        .finally(() => {
          running = null;
          again();
        });
    });
  }

  return {
    /** So many messages of a topic became readable. */
    readable(topic: string, messages: number): void {
      const left = (wanted.get(topic)?.left ?? 0) + messages;
      wanted.set(topic, { left, attempt: 0 });
      again();
    },
    close(): void {
      closed = true;
      stop?.();
      wanted.clear();
    },
  };
}
