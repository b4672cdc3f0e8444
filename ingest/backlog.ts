import type { JournalPosition } from '../store/port.ts';
import { isBefore } from './journal/folder.ts';
import { createSegmentTail, type PlacedRecord, type SegmentTail } from './journal/segment-tail.ts';

/** More readings than this wait on disk only. */
const MAX_READINGS_IN_MEMORY = 50_000;

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
}) {
  const { dir } = options;
  let taken = options.from;
  let end = options.to;
  let queue: PlacedRecord[] = [];
  let readings = 0;
  let onDisk = isBefore(taken, end);
  let tail: SegmentTail | null = null;
  let records: AsyncGenerator<PlacedRecord> | null = null;

  const sizeOf = ({ record }: PlacedRecord): number => (record.kind === 'group' ? record.readings.length : 0);

  async function nextFromDisk(): Promise<PlacedRecord | undefined> {
    while (isBefore(taken, end)) {
      const wanted = end;
      const segment: number = tail?.segment ?? taken.segment;
      tail ??= createSegmentTail(dir, segment);
      records ??= tail.read(end.segment === segment ? end.offset : undefined);
      const next = await records.next();
      if (!next.done) {
        if (!isBefore(taken, next.value.end)) continue;
        taken = next.value.end;
        return next.value;
      }
      records = null;
      if (segment >= end.segment) {
        if (wanted === end && tail.offset() < end.offset) {
          throw new Error(`segment ${segment} of the journal is damaged at ${tail.offset()}`);
        }
        continue;
      }
      tail = createSegmentTail(dir, segment + 1);
    }
    tail = null;
    records = null;
    return undefined;
  }

  return {
    offer(placed: PlacedRecord): void {
      end = placed.end;
      if (onDisk) return;
      if (readings > MAX_READINGS_IN_MEMORY) {
        onDisk = true;
        return;
      }
      queue.push(placed);
      readings += sizeOf(placed);
    },

    /** The next records, of about as many readings as wanted; empty: all is taken. */
    async take(wanted: number): Promise<readonly PlacedRecord[]> {
      const batch: PlacedRecord[] = [];
      let count = 0;
      while (count < wanted && batch.length < wanted) {
        const next = queue[batch.length];
        if (!next) break;
        batch.push(next);
        count += sizeOf(next);
      }
      if (batch.length > 0) {
        queue = queue.slice(batch.length);
        readings -= count;
        taken = (batch.at(-1) as PlacedRecord).end;
        return batch;
      }
      while (onDisk && count < wanted && batch.length < wanted) {
        const next = await nextFromDisk();
        if (next) {
          batch.push(next);
          count += sizeOf(next);
        } else {
          // More may have become durable while the disk was read.
          onDisk = isBefore(taken, end);
        }
      }
      return batch;
    },

    empty: () => queue.length === 0 && !onDisk,
    end: () => end,
  };
}

export type Backlog = ReturnType<typeof createBacklog>;
