import type { SignalType, SignalValue } from '../../domain/observation.ts';
import type { EpochMs } from '../../domain/time.ts';
import { type BooksDelta, newDelta } from '../books.ts';
import type { SeriesPin, Shape } from '../guard/machines.ts';
import type { NewQuarantined } from '../ports.ts';
import { createGroupNotes } from '../values/group-notes.ts';
import { ByteWriter } from './bytes.ts';
import {
  deltaCodec,
  noteCodec,
  pinCodec,
  quarantinedCodec,
  RECORD_KINDS,
  thinnedDeltaCodec,
  typeCodec,
  writeDeliveries,
  writeValue,
} from './codec.ts';
import { readReadings, type ShapeTable } from './readings.ts';
import type { DeliveryRecord, GroupRecord } from './records.ts';

const NONE: readonly number[] = [];

/** Hands out the numbers by which a segment's readings name their shapes. */
export interface ShapeNumbers {
  readonly segment: number;
  next: number;
  readonly table: ShapeTable;
}

export const shapeNumbers = (segment: number): ShapeNumbers => ({ segment, next: 1, table: [] });

/** Where a source's books stand in the group that it was last met in; kept by whoever knows the source. */
export interface PlaceInGroup {
  group: number;
  place: number;
}

/** No segment has this number. */
const UNNAMED = 0;

/**
 * Collects the consequences of a group of messages: as objects for those who apply them, readings at once in the
 * journal's binary form, for which room may be kept.
 */
export function createGroupBuilder(number: number, shapes: ShapeNumbers, bodyBytes = 16 * 1024) {
  const places = new Map<string, number>();
  const books: BooksDelta[] = [];
  const pins: SeriesPin[] = [];
  const quarantined: NewQuarantined[] = [];
  const released: number[] = [];
  const deliveries: DeliveryRecord[] = [];
  const newShapes: Shape[] = [];
  const notes = createGroupNotes();
  const body = new ByteWriter(bodyBytes);
  let readingCount = 0;

  let lastSource: string | null = null;
  let lastPlace = 0;

  function sourcePlace(source: string, known?: PlaceInGroup): number {
    if (source === lastSource) return lastPlace;
    let place = known?.group === number ? known.place : places.get(source);
    if (place === undefined) {
      place = books.length;
      books.push(newDelta(source));
      // Groups of ten thousand sources would fill a map each.
      if (known) {
        known.group = number;
        known.place = place;
      } else places.set(source, place);
    }
    lastSource = source;
    lastPlace = place;
    return place;
  }

  function shapeNumber(shape: Shape): number {
    if (shape.segment !== shapes.segment) {
      shape.segment = shapes.segment;
      shape.id = shapes.next++;
      newShapes.push(shape);
      const { machine, signals, types, allDoubles } = shape;
      shapes.table[shape.id] = { machine: machine.path, signals, types, allDoubles };
    }
    return shape.id;
  }

  return {
    number,
    segment: shapes.segment,
    pins,
    books,
    quarantined,
    released,
    deliveries,
    notes,

    /** A source's books, of which a group may hold several parts. */
    delta: (source: string, known?: PlaceInGroup): BooksDelta =>
      books[sourcePlace(source, known)] as BooksDelta,

    add(shape: Shape, ts: EpochMs, values: readonly SignalValue[], place: ReadingPlace): void {
      const source = sourcePlace(place.source);
      const replaced = place.replaced ?? NONE;
      readingCount++;
      body.varint(shapeNumber(shape));
      body.varint(source * 4 + (replaced.length > 0 ? 2 : 0) + (place.continues ? 1 : 0));
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

    /** The record will not be written: shapes that it would have named are named by the next one. */
    abandon(): void {
      for (const shape of newShapes) shape.segment = UNNAMED;
    },

    /** The record, and its payload for the journal in two pieces. */
    finish(): { readonly record: GroupRecord; readonly pieces: readonly Buffer[] } {
      const head = new ByteWriter(4 * 1024);
      const { drafts } = notes;
      const isThinned = drafts.length > 0 || books.some(({ observations }) => observations.thinned !== 0);
      const kind = drafts.length > 0 ? 'notedGroup' : isThinned ? 'thinnedGroup' : 'group';
      head.u8(RECORD_KINDS[kind]);
      head.f64(number);
      if (drafts.length > 0) {
        head.varint(drafts.length);
        for (const note of drafts) noteCodec.write(head, note);
      }
      head.varint(pins.length);
      for (const pin of pins) pinCodec.write(head, pin);
      head.varint(books.length);
      const bookCodec = isThinned ? thinnedDeltaCodec : deltaCodec;
      for (const delta of books) bookCodec.write(head, delta);
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
        readings: () => readReadings(bytes, readingCount, shapes.table),
      };
      return { record, pieces: [head.written(), bytes] };
    },
  };
}

export interface ReadingPlace {
  readonly source: string;
  /** The reading belongs to the message of the one before. */
  readonly continues: boolean;
  readonly replaced?: readonly number[];
}

export type GroupBuilder = ReturnType<typeof createGroupBuilder>;
