import { truncate } from 'node:fs/promises';
import type { JournalPosition } from '../../store/port.ts';
import { segmentFile } from './folder.ts';
import { framesIn, readStretch } from './frames.ts';
import { decodeRecord } from './record-codec.ts';
import type { JournalRecord } from './records.ts';
import { emptyTables, type SegmentTables } from './segment-tables.ts';

/** Read at once, unless a record is longer. */
const STRETCH_BYTES = 4 * 1024 * 1024;

export interface PlacedRecord<R = JournalRecord> {
  readonly record: R;
  readonly end: JournalPosition;
  readonly bytes: number;
}

/** Where the reading of a segment begins that isn't read from its beginning: what its numbers mean must be known then. */
export interface SegmentPlace {
  readonly offset: number;
  readonly tables: SegmentTables;
}

/** Reads a segment, also while it grows; from its beginning, where its records tell what its numbers mean, unless that is known. */
export function createSegmentTail(
  dir: string,
  segment: number,
  { offset: first, tables }: SegmentPlace = { offset: 0, tables: emptyTables() },
) {
  const path = segmentFile(dir, segment);
  let offset = first;
  return {
    segment,
    offset: () => offset,

    /** The records behind those read before, up to a place or the end of what is whole. */
    async *read(to = Number.POSITIVE_INFINITY): AsyncGenerator<PlacedRecord> {
      let wanted = STRETCH_BYTES;
      for (;;) {
        const from = offset;
        const bytes = await readStretch(path, from, Math.min(to, from + wanted));
        for (const frame of framesIn(bytes, from)) {
          const record = decodeRecord(frame.payload, tables);
          offset = frame.end;
          yield { record, end: { segment, offset }, bytes: frame.end - frame.offset };
        }
        if (bytes.length < wanted) return;
        // Nothing whole in it: the next record is longer, or damaged, which the end of the file tells.
        wanted = offset === from ? wanted * 2 : STRETCH_BYTES;
      }
    },

    /** Cuts off what is behind the last whole record; the number of bytes. */
    async cut(): Promise<number> {
      const rest = (await readStretch(path, offset)).length;
      if (rest > 0) await truncate(path, offset);
      return rest;
    },
  };
}

export type SegmentTail = ReturnType<typeof createSegmentTail>;
