import type { SignalType, SignalValue } from '../../domain/observation.ts';
import type { EpochMs } from '../../domain/time.ts';
import { addRow, emptyGroupBooks, UNKNOWN_ROW } from '../group-books.ts';
import type { SeriesPin, Shape } from '../guard/machines.ts';
import type { NewQuarantined } from '../ports.ts';
import { createSourceRows, SOURCE, SOURCE_NUMBERS, type SourceRows } from '../source-rows.ts';
import { createGroupNotes } from '../values/group-notes.ts';
import { ByteWriter } from './bytes.ts';
import {
  noteCodec,
  pinCodec,
  quarantinedCodec,
  RECORD_KINDS,
  typeCodec,
  writeDeliveries,
  writeValue,
} from './codec.ts';
import { writeGroupBooks } from './group-books-codec.ts';
import { readReadings } from './readings.ts';
import type { DeliveryRecord, GroupRecord } from './records.ts';
import { emptyTables, type SegmentTables } from './segment-tables.ts';

const NONE: readonly number[] = [];

/** Hands out the numbers by which a segment's records name shapes and sources, and knows what they mean. */
export interface SegmentNumbers {
  readonly segment: number;
  nextShape: number;
  nextSource: number;
  readonly tables: SegmentTables;
  /** Of the sources that were met, which keep their numbers in their rows. */
  readonly met: SourceRows;
  /** Of the others. */
  readonly sources: Map<string, number>;
}

export const segmentNumbers = (segment: number, met: SourceRows = createSourceRows()): SegmentNumbers => ({
  segment,
  ...{ nextShape: 1, nextSource: 1, tables: emptyTables(), met, sources: new Map() },
});

interface NewSource {
  readonly number: number;
  readonly source: string;
  /** Of a source that was met, else {@link UNKNOWN_ROW}. */
  readonly row: number;
}

/** For how much room is made before a group is begun. */
export interface GroupRoom {
  /** Rows of its books. */
  readonly rows: number;
  /** Bytes of what stands before its readings in the journal, and of those. */
  readonly headBytes: number;
  readonly bodyBytes: number;
}

const ROOM: GroupRoom = { rows: 16, headBytes: 4 * 1024, bodyBytes: 16 * 1024 };

/** No segment has this number. */
const UNNAMED = 0;

/**
 * Collects the consequences of a group of messages: as objects for those who apply them, readings at once in the
 * journal's binary form, for which room may be kept.
 */
export function createGroupBuilder(number: number, numbers: SegmentNumbers, room: GroupRoom = ROOM) {
  const places = new Map<string, number>();
  const books = emptyGroupBooks(room.rows);
  let sourceNumbers = new Int32Array(books.rows.length);
  const pins: SeriesPin[] = [];
  const quarantined: NewQuarantined[] = [];
  const released: number[] = [];
  const deliveries: DeliveryRecord[] = [];
  const newShapes: Shape[] = [];
  const newSources: NewSource[] = [];
  const notes = createGroupNotes();
  const body = new ByteWriter(room.bodyBytes);
  let readingCount = 0;

  function placeOf(source: string, row: number = UNKNOWN_ROW): number {
    const met = numbers.met.numbers;
    const at = row * SOURCE_NUMBERS;
    if (row === UNKNOWN_ROW) {
      const place = places.get(source);
      if (place !== undefined) return place;
    } else if (met[at + SOURCE.group] === number) return met[at + SOURCE.place] as number;
    const place = addRow(books, source, row);
    if (place === sourceNumbers.length) {
      const more = new Int32Array(books.rows.length);
      more.set(sourceNumbers);
      sourceNumbers = more;
    }
    sourceNumbers[place] = sourceNumber(source, row);
    // Groups of ten thousand sources would fill a map each.
    if (row === UNKNOWN_ROW) places.set(source, place);
    else {
      met[at + SOURCE.group] = number;
      met[at + SOURCE.place] = place;
    }
    return place;
  }

  function sourceNumber(source: string, row: number): number {
    const met = numbers.met.numbers;
    const at = row * SOURCE_NUMBERS;
    if (row === UNKNOWN_ROW) {
      const given = numbers.sources.get(source);
      if (given !== undefined) return given;
    } else if (met[at + SOURCE.segment] === numbers.segment) return met[at + SOURCE.number] as number;
    const next = numbers.nextSource++;
    if (row === UNKNOWN_ROW) numbers.sources.set(source, next);
    else {
      met[at + SOURCE.segment] = numbers.segment;
      met[at + SOURCE.number] = next;
    }
    numbers.tables.sources[next] = source;
    newSources.push({ number: next, source, row });
    return next;
  }

  function shapeNumber(shape: Shape): number {
    if (shape.segment !== numbers.segment) {
      shape.segment = numbers.segment;
      shape.id = numbers.nextShape++;
      newShapes.push(shape);
      const { machine, signals, types, allDoubles } = shape;
      numbers.tables.shapes[shape.id] = {
        ...{ machine: machine.path, machineNumber: machine.number, signals, types, allDoubles },
      };
    }
    return shape.id;
  }

  return {
    number,
    segment: numbers.segment,
    pins,
    books,
    quarantined,
    released,
    deliveries,
    notes,

    /** The row of a source in `books`, which may hold several of it; where it was met, `row` is that of all its books. */
    placeOf,

    add(shape: Shape, ts: EpochMs, values: readonly SignalValue[], of: ReadingPlace): void {
      const replaced = of.replaced ?? NONE;
      readingCount++;
      body.varint(shapeNumber(shape));
      body.varint(of.place * 4 + (replaced.length > 0 ? 2 : 0) + (of.continues ? 1 : 0));
      body.f64(ts);
      if (replaced.length > 0) {
        body.varint(replaced.length);
        for (const index of replaced) body.varint(index);
      }
      const { types } = shape;
      if (shape.allDoubles) {
        body.doubles(values as readonly number[]);
        return;
      }
      for (let index = 0; index < values.length; index++) {
        writeValue(body, types[index] as SignalType, values[index] as SignalValue);
      }
    },

    /** The record will not be written: shapes and sources that it would have named are named by the next one. */
    abandon(): void {
      for (const shape of newShapes) shape.segment = UNNAMED;
      for (const { source, row } of newSources) {
        if (row === UNKNOWN_ROW) numbers.sources.delete(source);
        else numbers.met.numbers[row * SOURCE_NUMBERS + SOURCE.segment] = UNNAMED;
      }
    },

    /** The record, and its payload for the journal in two pieces. */
    finish(): { readonly record: GroupRecord; readonly pieces: readonly [Buffer, Buffer] } {
      const head = new ByteWriter(room.headBytes);
      const { drafts } = notes;
      head.u8(RECORD_KINDS.group);
      head.f64(number);
      head.varint(drafts.length);
      for (const note of drafts) noteCodec.write(head, note);
      head.varint(pins.length);
      for (const pin of pins) pinCodec.write(head, pin);
      head.varint(newSources.length);
      for (const { number: given, source } of newSources) {
        head.varint(given);
        head.text(source);
      }
      writeGroupBooks(head, books, sourceNumbers);
      writeDeliveries(head, deliveries);
      head.varint(quarantined.length);
      for (const message of quarantined) quarantinedCodec.write(head, message);
      head.varint(released.length);
      for (const id of released) head.varint(id);
      head.varint(newShapes.length);
      for (const shape of newShapes) {
        head.varint(shape.id);
        head.text(shape.machine.path);
        head.varint(shape.signals.length);
        shape.signals.forEach((signal, index) => {
          head.text(signal);
          typeCodec.write(head, shape.types[index] as SignalType);
        });
      }
      head.varint(readingCount);
      const bytes = body.written();
      const record: GroupRecord = {
        kind: 'group',
        ...{ number, pins, books, quarantined, released, notes: drafts, readingCount },
        readings: () => readReadings(bytes, readingCount, numbers.tables.shapes),
      };
      return { record, pieces: [head.written(), bytes] };
    },
  };
}

export interface ReadingPlace {
  /** The row of its message's source. */
  readonly place: number;
  /** The reading belongs to the message of the one before. */
  readonly continues: boolean;
  readonly replaced?: readonly number[];
}

export type GroupBuilder = ReturnType<typeof createGroupBuilder>;
