import type { GroupBooks } from '../group-books.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import {
  noteCodec,
  passDeliveries,
  pinCodec,
  quarantinedCodec,
  RECORD_KINDS,
  readDeliveries,
  reversalCodec,
  snapshotCodec,
  typeCodec,
} from './codec.ts';
import { readGroupBooks, readNamedBooks, type SourceTable } from './group-books-codec.ts';
import { readReadings, type ShapeTable } from './readings.ts';
import type {
  DeliveryRecord,
  HeaderRecord,
  JournalRecord,
  OutcomeRecord,
  RecoveredGroup,
} from './records.ts';
import type { SegmentTables } from './segment-tables.ts';

const FORMAT = 1;

export type HeaderContent = Omit<HeaderRecord, 'kind' | 'deliveries'> & {
  readonly writeDeliveries: (writer: ByteWriter) => void;
};

/** `writeDeliveries` writes the list of deliveries itself, which can be long. */
export function encodeHeader({ number, journalId, books, writeDeliveries }: HeaderContent): Buffer {
  const writer = new ByteWriter();
  writer.u8(RECORD_KINDS.header);
  writer.f64(number);
  writer.u8(FORMAT);
  writer.text(journalId);
  writer.varint(books.length);
  for (const snapshot of books) snapshotCodec.write(writer, snapshot);
  writeDeliveries(writer);
  return writer.written();
}

export function encodeOutcome({ number, of, reversals, quarantined }: OutcomeRecord): Buffer {
  const writer = new ByteWriter();
  writer.u8(RECORD_KINDS.outcome);
  writer.f64(number);
  writer.f64(of);
  writer.varint(reversals.length);
  for (const reversal of reversals) reversalCodec.write(writer, reversal);
  writer.varint(quarantined.length);
  for (const message of quarantined) {
    writer.text(message.key);
    quarantinedCodec.write(writer, message);
  }
  return writer.written();
}

/** Reads a record's payload; new shapes and sources enter the segment's tables. Throws where the payload is no record. */
export function decodeRecord(payload: Buffer, tables: SegmentTables): JournalRecord {
  const reader = new ByteReader(payload);
  const kind = reader.u8();
  const number = reader.f64();
  if (kind === RECORD_KINDS.header) return decodeHeader(reader, number);
  const isNoted = kind === RECORD_KINDS.group || kind === RECORD_KINDS.namedNotedGroup;
  if (isNoted || kind === RECORD_KINDS.namedGroup || kind === RECORD_KINDS.namedThinnedGroup) {
    const notes = isNoted ? reader.list(() => noteCodec.read(reader)) : [];
    const pins = reader.list(() => pinCodec.read(reader));
    const books =
      kind === RECORD_KINDS.group
        ? decodeBooks(reader, tables.sources)
        : readNamedBooks(reader, kind !== RECORD_KINDS.namedGroup);
    return { ...decodeRest(reader, tables.shapes), number, notes, pins, books };
  }
  if (kind !== RECORD_KINDS.outcome)
    throw new RangeError(`the journal holds a record of the unknown kind ${kind}`);
  return {
    kind: 'outcome',
    number,
    of: reader.f64(),
    reversals: reader.list(() => reversalCodec.read(reader)),
    quarantined: reader.list(() => {
      const key = reader.text();
      return { key, ...quarantinedCodec.read(reader) };
    }),
  };
}

function decodeHeader(reader: ByteReader, number: number): HeaderRecord {
  const format = reader.u8();
  if (format !== FORMAT) {
    throw new RangeError(`the journal has format ${format}; this version reads format ${FORMAT}`);
  }
  const journalId = reader.text();
  const books = reader.list(() => snapshotCodec.read(reader));
  return { kind: 'header', number, journalId, books, deliveries: deliveriesIn(reader) };
}

function decodeBooks(reader: ByteReader, sources: SourceTable): GroupBooks {
  for (let count = reader.varint(); count > 0; count--) {
    const number = reader.varint();
    const source = reader.text();
    sources[number] ??= source;
  }
  return readGroupBooks(reader, sources);
}

/** Passes over the deliveries, which are read when they are asked for. */
function deliveriesIn(reader: ByteReader): () => DeliveryRecord[] {
  const bytes = reader.rest();
  passDeliveries(reader);
  return () => readDeliveries(new ByteReader(bytes));
}

/** What of a group stands behind its books. */
function decodeRest(
  reader: ByteReader,
  shapes: ShapeTable,
): Omit<RecoveredGroup, 'number' | 'notes' | 'pins' | 'books'> {
  const deliveries = deliveriesIn(reader);
  const quarantined = reader.list(() => quarantinedCodec.read(reader));
  const released = reader.list(() => reader.varint());
  for (let count = reader.varint(); count > 0; count--) {
    const id = reader.varint();
    const machine = reader.text();
    const columns = reader.list(() => ({ signal: reader.text(), type: typeCodec.read(reader) }));
    // Where the run that wrote it reads it, it knows the machine's number as well.
    shapes[id] ??= {
      machine,
      machineNumber: -1,
      signals: columns.map(({ signal }) => signal),
      types: columns.map(({ type }) => type),
      allDoubles: columns.every(({ type }) => type === 'double'),
    };
  }
  const readingCount = reader.varint();
  const bytes = reader.rest();
  const readings = () => readReadings(bytes, readingCount, shapes);
  return { kind: 'group', deliveries, quarantined, released, readingCount, readings };
}
