import type { EpochMs } from '../../domain/time.ts';
import type { Correction } from '../../domain/values/correction.ts';
import type { IngestLog } from '../log.ts';
import type { CorrectionLog } from '../ports.ts';

const MINUTE_MS = 60_000;
/** So many events of a series, kind and minute are listed one by one; those that follow are counted in the last. */
const LISTED_EACH_MINUTE = 10;
/** Series whose running minute is remembered. */
const MOST_OPEN = 20_000;

/** Events that wait for a log that takes none; more than these are counted in those that wait. */
const MOST_WAITING = 20_000;
/** Failures in a row of which one is told. */
const FAILURES_TOLD_AS_ONE = 60;

/** What happened to one value. */
export interface CorrectionNote
  extends Pick<Correction, 'machine' | 'signal' | 'kind' | 'action' | 'rule' | 'raw' | 'result'> {
  readonly ts: EpochMs;
  readonly receivedAt: EpochMs;
}

interface Open {
  readonly minute: number;
  listed: number;
  last: Draft;
}

/** What the log gets: a new event, or more of one that it has. */
type Draft = { -readonly [K in keyof Omit<Correction, 'id'>]: Correction[K] } & { id: number | null };

/**
 * Gathers what rules did to values, and brings it to the log: soon, not before a message is acknowledged. What is left out is
 * counted by the minute, as it is no exception.
 */
export function createCorrectionNotes({
  corrections,
  log,
  mostWaiting = MOST_WAITING,
}: {
  readonly corrections: CorrectionLog;
  readonly log: IngestLog;
  readonly mostWaiting?: number;
}) {
  const open = new Map<string, Open>();
  const dirty = new Set<Draft>();
  /** Of series that none of the waiting events is of: nobody will see them listed. */
  let unlisted = 0;
  let failures = 0;

  function flush(): void {
    if (dirty.size === 0) return;
    const drafts = [...dirty];
    const ids = corrections.put(drafts);
    for (const [place, draft] of drafts.entries()) draft.id = ids[place] as number;
    dirty.clear();
  }

  return {
    add({ ts, receivedAt, ...note }: CorrectionNote): void {
      const key = `${note.machine}\n${note.signal}\n${note.kind}\n${note.action}`;
      const minute = Math.floor(receivedAt / MINUTE_MS);
      const running = open.get(key);
      const isOpen = running?.minute === minute;
      const most = note.action === 'thinned' ? 1 : LISTED_EACH_MINUTE;
      const isFull = dirty.size >= mostWaiting;
      if (running && (isFull ? dirty.has(running.last) : isOpen && running.listed >= most)) {
        const { last } = running;
        last.count++;
        last.from = Math.min(last.from, ts);
        last.to = Math.max(last.to, ts);
        last.receivedAt = receivedAt;
        last.lastRaw = note.raw;
        dirty.add(last);
        return;
      }
      if (isFull) {
        unlisted++;
        return;
      }
      const draft: Draft = { id: null, ...note, from: ts, to: ts, receivedAt, count: 1, lastRaw: note.raw };
      if (running && isOpen) {
        running.listed++;
        running.last = draft;
      } else {
        if (open.size >= MOST_OPEN) open.clear();
        open.set(key, { minute, listed: 1, last: draft });
      }
      dirty.add(draft);
    },

    /** Brings what waits to the log; where that fails it waits on. */
    flush(): void {
      try {
        flush();
        failures = 0;
      } catch (error) {
        if (failures++ % FAILURES_TOLD_AS_ONE !== 0) return;
        log('corrections-put-failed', { error: String(error), waiting: dirty.size, unlisted });
      }
    },
  };
}

export type CorrectionNotes = Pick<ReturnType<typeof createCorrectionNotes>, 'add'>;
