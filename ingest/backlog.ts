import type { JournalPosition } from '../store/port.ts';
import { isBefore } from './journal/folder.ts';
import type { GroupRecord, HeaderRecord, OutcomeRecord } from './journal/records.ts';
import type { SegmentTables } from './journal/segment-tables.ts';
import { createSegmentTail, type PlacedRecord, type SegmentTail } from './journal/segment-tail.ts';

/** Of more than this much of a batch of the store the edges are slowed down; in memory a reading takes as many bytes as in the journal. */
const BATCHES_IN_MEMORY = 1.2;
/** So many times that may wait in memory all the same: when it gets crowded, a group is on its way to the disk already. */
const CROWDED_TIMES = 2;
/**
 * So long a store may take to make room in memory before all goes by way of the disk: a pause of the store on a busy host costs less
 * than to read back what came meanwhile.
 */
const PATIENCE_MS = 1000;

type Waiting = PlacedRecord<GroupRecord | OutcomeRecord | HeaderRecord>;

/** How much is taken at once. */
export interface BatchSize {
  readonly readings: number;
  /** Of the journal, in which every value of a reading counts. */
  readonly bytes: number;
}

/** Records of a segment up to a place that was durable when the reading began; `undefined`: up to its end. */
interface Reading {
  readonly records: AsyncGenerator<PlacedRecord>;
  readonly to: number | undefined;
}

/**
 * What is durable and not yet applied, in order: the newest groups in memory while the store keeps up, read back from
 * the journal where it doesn't.
 */
export function createBacklog(options: {
  readonly dir: string;
  /** Up to where all is applied. */
  readonly from: JournalPosition;
  /** The end of what is durable. */
  readonly to: JournalPosition;
  /** What a segment's numbers mean, where that is known: then it is read from where it has to be. */
  readonly tablesOf?: (segment: number) => SegmentTables | undefined;
  /** Readings that the store takes at once. */
  readonly batchReadings: number;
}) {
  const { dir, tablesOf } = options;
  const mostReadings = options.batchReadings * BATCHES_IN_MEMORY;
  let taken = options.from;
  let end = options.to;
  let queue: Waiting[] = [];
  let readings = 0;
  let onDisk = isBefore(taken, end);
  let tail: SegmentTail | null = null;
  let reading: Reading | null = null;
  /** The store made no room in the time that it had. */
  let isOutOfPatience = false;
  let roomMade = Promise.withResolvers<void>();

  const isCrowded = (): boolean => !onDisk && readings > mostReadings;
  const sizeOf = ({ record }: Waiting): number => (record.kind === 'group' ? record.readingCount : 0);

  /** In the last segment up to what is durable now, which grows meanwhile; those before it are whole. */
  function readingOf(segmentTail: SegmentTail): Reading {
    const to = end.segment === segmentTail.segment ? end.offset : undefined;
    return { records: segmentTail.read(to), to };
  }

  function tailOf(segment: number, offset: number): SegmentTail {
    const tables = tablesOf?.(segment);
    return createSegmentTail(dir, segment, tables && { offset, tables });
  }

  async function nextFromDisk(): Promise<PlacedRecord | undefined> {
    while (isBefore(taken, end)) {
      const segment: number = tail?.segment ?? taken.segment;
      tail ??= tailOf(segment, taken.offset);
      reading ??= readingOf(tail);
      const next = await reading.records.next();
      if (!next.done) {
        if (!isBefore(taken, next.value.end)) continue;
        taken = next.value.end;
        return next.value;
      }
      const { to } = reading;
      reading = null;
      if (to === undefined) tail = tailOf(segment + 1, 0);
      else if (tail.offset() < to) {
        throw new Error(`segment ${segment} of the journal is damaged at ${tail.offset()}`);
      }
    }
    tail = null;
    reading = null;
    return undefined;
  }

  return {
    offer(placed: Waiting): void {
      end = placed.end;
      if (onDisk) return;
      if (isCrowded() && (isOutOfPatience || readings > CROWDED_TIMES * mostReadings)) {
        onDisk = true;
        return;
      }
      queue.push(placed);
      readings += sizeOf(placed);
    },

    /**
     * The next records, until they hold about as many readings as wanted, or are as many bytes; empty: all is taken. Where it
     * rejects, it has taken nothing.
     */
    async take(wanted: BatchSize): Promise<readonly Waiting[]> {
      const batch: Waiting[] = [];
      let count = 0;
      let bytes = 0;
      const isFull = (): boolean =>
        count >= wanted.readings || batch.length >= wanted.readings || bytes >= wanted.bytes;
      const put = (next: Waiting): void => {
        batch.push(next);
        count += sizeOf(next);
        bytes += next.bytes;
      };
      while (!isFull()) {
        const next = queue[batch.length];
        if (!next) break;
        put(next);
      }
      if (batch.length > 0) {
        queue = queue.slice(batch.length);
        readings -= count;
        taken = (batch.at(-1) as Waiting).end;
        if (!isCrowded()) {
          isOutOfPatience = false;
          roomMade.resolve();
        }
        return batch;
      }
      while (onDisk && !isFull()) {
        const next = await nextFromDisk().catch((error: Error) => {
          // What was read before is on its way; the next call comes upon the place again.
          if (batch.length === 0) throw error;
          return null;
        });
        if (next === null) return batch;
        if (next) put(next);
        else {
          // More may have become durable while the disk was read.
          onDisk = isBefore(taken, end);
        }
      }
      return batch;
    },

    /**
     * Resolves when there is room in memory, or won't be soon: a store a little slower than the edges slows them, rather
     * than have everything written and read once more; one that is away doesn't.
     */
    async room(): Promise<void> {
      if (!isCrowded()) return;
      roomMade = Promise.withResolvers();
      const timer = setTimeout(roomMade.resolve, PATIENCE_MS);
      await roomMade.promise;
      clearTimeout(timer);
      isOutOfPatience = isCrowded();
    },

    empty: () => queue.length === 0 && !onDisk,
    /** Readings that are to be taken, about; all that waits on disk counts as many. */
    waiting: () => (onDisk ? Number.POSITIVE_INFINITY : readings),
    end: () => end,
  };
}

export type Backlog = ReturnType<typeof createBacklog>;
