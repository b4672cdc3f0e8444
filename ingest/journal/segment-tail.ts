import { truncate } from 'node:fs/promises';
import type { JournalPosition } from '../../store/port.ts';
import { segmentFile } from './folder.ts';
import { framesIn, readStretch } from './frames.ts';
import { decodeRecord, type ShapeTable } from './record-codec.ts';
import type { JournalRecord } from './records.ts';

export interface PlacedRecord {
  readonly record: JournalRecord;
  readonly end: JournalPosition;
  readonly bytes: number;
}

/** Reads a segment from its beginning, also while it grows. */
export function createSegmentTail(dir: string, segment: number) {
  const path = segmentFile(dir, segment);
  const shapes: ShapeTable = new Map();
  let offset = 0;
  return {
    segment,
    offset: () => offset,

    /** The records behind those read before, up to a place or the end of what is whole. */
    async *read(to?: number): AsyncGenerator<PlacedRecord> {
      for (const frame of framesIn(await readStretch(path, offset, to), offset)) {
        const record = decodeRecord(frame.payload, shapes);
        offset = frame.end;
        yield { record, end: { segment, offset }, bytes: frame.end - frame.offset };
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
