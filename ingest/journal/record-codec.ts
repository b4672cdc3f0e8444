import type { Reading, SignalType } from '../../domain/observation.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import {
  deltaCodec,
  pinCodec,
  quarantinedCodec,
  RECORD_KINDS,
  readDeliveries,
  readValue,
  reversalCodec,
  snapshotCodec,
  typeCodec,
} from './codec.ts';
import type { GroupRecord, HeaderRecord, JournalReading, JournalRecord, OutcomeRecord } from './records.ts';

const FORMAT = 1;

/** The shapes of the segment being read, by number. */
export type ShapeTable = Map<
  number,
  { readonly machine: string; readonly signals: readonly string[]; readonly types: readonly SignalType[] }
>;

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

/** Reads a record's payload; new shapes enter the segment's table. Throws where the payload is no record. */
export function decodeRecord(payload: Buffer, shapes: ShapeTable): JournalRecord {
  const reader = new ByteReader(payload);
  const kind = reader.u8();
  const number = reader.f64();
  if (kind === RECORD_KINDS.header) return decodeHeader(reader, number);
  if (kind === RECORD_KINDS.group) return decodeGroup(reader, number, shapes);
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
  return {
    kind: 'header',
    number,
    journalId: reader.text(),
    books: reader.list(() => snapshotCodec.read(reader)),
    deliveries: readDeliveries(reader),
  };
}

function decodeGroup(reader: ByteReader, number: number, shapes: ShapeTable): GroupRecord {
  const pins = reader.list(() => pinCodec.read(reader));
  const books = reader.list(() => deltaCodec.read(reader));
  const deliveries = readDeliveries(reader);
  const quarantined = reader.list(() => quarantinedCodec.read(reader));
  const released = reader.list(() => reader.varint());
  for (let count = reader.varint(); count > 0; count--) {
    const id = reader.varint();
    const machine = reader.text();
    const columns = reader.list(() => ({ signal: reader.text(), type: typeCodec.read(reader) }));
    shapes.set(id, {
      machine,
      signals: columns.map(({ signal }) => signal),
      types: columns.map(({ type }) => type),
    });
  }
  const readings = reader.list(() => readReading(reader, shapes));
  return { kind: 'group', number, pins, books, deliveries, quarantined, released, readings };
}

function readReading(reader: ByteReader, shapes: ShapeTable): JournalReading {
  const shape = shapes.get(reader.varint());
  if (!shape) throw new RangeError('the journal names a shape that its segment does not define');
  const place = reader.varint();
  const ts = reader.f64();
  const replaced = place & 2 ? reader.list(() => reader.varint()) : [];
  const values = shape.types.map((type) => readValue(reader, type));
  const reading: Reading = { machine: shape.machine, ts, signals: shape.signals, values };
  return { reading, source: Math.floor(place / 4), continues: (place & 1) === 1, replaced };
}
