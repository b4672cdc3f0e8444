import type { NewCorrection } from '../../domain/values/correction.ts';
import { LISTED_EACH_HOUR } from '../../domain/values/words.ts';
import type { IngestLog } from '../log.ts';
import type { CorrectionLog } from '../ports.ts';
import { countOn, keyOf, mostListed } from './group-notes.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Series whose running minute is remembered. */
const MOST_OPEN = 20_000;

/** Events that wait for a log that takes none; more than these are counted in those that wait. */
const MOST_WAITING = 20_000;
/** Failures in a row of which one is told. */
const FAILURES_TOLD_AS_ONE = 60;

/** What the log gets: a new event, or more of one that it has. */
type Waiting = { -readonly [K in keyof NewCorrection]: NewCorrection[K] } & {
  id: number | null;
  more: number;
};

interface Open {
  readonly window: number;
  listed: number;
  last: Waiting;
}

/** Events of a record of the journal. */
export interface NotedRecord {
  readonly number: number;
  readonly notes: readonly NewCorrection[];
}

/**
 * Brings what happened to values to the list, some time after it became durable in the journal. The list remembers up to which
 * record it has them, so that each is counted once, whatever comes in between.
 */
export function createCorrectionNotes({
  corrections,
  journal,
  log,
  mostWaiting = MOST_WAITING,
}: {
  readonly corrections: CorrectionLog;
  /** Tells the journal from others. */
  readonly journal: string;
  readonly log: IngestLog;
  readonly mostWaiting?: number;
}) {
  const open = new Map<string, Open>();
  const waiting = new Set<Waiting>();
  /** Of series that none of the waiting events is of: nobody will see them listed. */
  let unlisted = 0;
  let failures = 0;
  let record = 0;

  function flush(): void {
    if (waiting.size === 0) return;
    const drafts = [...waiting];
    const ids = corrections.put(drafts, { journal, record });
    for (const [place, draft] of drafts.entries()) {
      draft.id = ids[place] as number;
      draft.more = 0;
    }
    waiting.clear();
  }

  function add(note: NewCorrection): void {
    const key = keyOf(note);
    const window = Math.floor(note.receivedAt / (LISTED_EACH_HOUR[note.kind] ? HOUR_MS : MINUTE_MS));
    const running = open.get(key);
    const isOpen = running?.window === window;
    const isFull = waiting.size >= mostWaiting;
    if (running && (isFull ? waiting.has(running.last) : isOpen && running.listed >= mostListed(note.kind))) {
      countOn(running.last, note);
      running.last.more += note.count;
      waiting.add(running.last);
      return;
    }
    if (isFull) {
      unlisted += note.count;
      return;
    }
    const last: Waiting = { ...note, id: null, more: note.count };
    if (running && isOpen) {
      running.listed++;
      running.last = last;
    } else {
      if (open.size >= MOST_OPEN) open.clear();
      open.set(key, { window, listed: 1, last });
    }
    waiting.add(last);
  }

  return {
    /** Takes the events of a record that is durable. */
    take({ number, notes }: NotedRecord): void {
      if (notes.length === 0) return;
      for (const note of notes) add(note);
      record = number;
    },

    /** Brings what waits to the log; where that fails it waits on. */
    flush(): void {
      try {
        flush();
        failures = 0;
      } catch (error) {
        if (failures++ % FAILURES_TOLD_AS_ONE !== 0) return;
        log('corrections-put-failed', { error: String(error), waiting: waiting.size, unlisted });
      }
    },
  };
}

export type CorrectionNotes = ReturnType<typeof createCorrectionNotes>;
