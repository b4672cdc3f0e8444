import { type SignalType, type SignalValue, typeOf } from '../../domain/observation.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import type { CorrectionAction, CorrectionKind, NewCorrection } from '../../domain/values/correction.ts';
import type { BooksReversal, BooksSnapshot } from '../books.ts';
import type { SeriesPin } from '../guard/machines.ts';
import type { NewQuarantined } from '../ports.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import type { DeliveryRecord } from './records.ts';

/** How one kind of thing is written and read; the two stand together so that they can't drift apart. */
export interface Codec<T> {
  write(writer: ByteWriter, value: T): void;
  read(reader: ByteReader): T;
}

const TYPES = ['double', 'int64', 'boolean', 'text'] as const satisfies readonly SignalType[];

export const typeCodec: Codec<SignalType> = {
  write: (writer, type) => writer.u8(TYPES.indexOf(type)),
  read(reader) {
    const type = TYPES[reader.u8()];
    if (!type) throw new RangeError('the journal names a type that does not exist');
    return type;
  },
};

export function writeValue(writer: ByteWriter, type: SignalType, value: SignalValue): void {
  if (type === 'double') writer.f64(value as number);
  else if (type === 'text') writer.text(value as string);
  else if (type === 'boolean') writer.u8(Number(value));
  else writer.i64(value as bigint);
}

export function readValue(reader: ByteReader, type: SignalType): SignalValue {
  if (type === 'double') return reader.f64();
  if (type === 'text') return reader.text();
  return type === 'boolean' ? reader.u8() === 1 : reader.i64();
}

export const pinCodec: Codec<SeriesPin> = {
  write(writer, { machine, signal, type }) {
    writer.text(machine);
    writer.text(signal);
    typeCodec.write(writer, type);
  },
  read: (reader) => ({ machine: reader.text(), signal: reader.text(), type: typeCodec.read(reader) }),
};

/** Counts in the order of their names here; the order is part of the format. */
function countsCodec<const K extends string>(...names: readonly K[]): Codec<Record<K, number>> {
  return {
    write(writer, counts) {
      for (const name of names) writer.signed(counts[name]);
    },
    read: (reader) => Object.fromEntries(names.map((name) => [name, reader.signed()])) as Record<K, number>,
  };
}

const messageBooks = countsCodec(
  'received',
  'stored',
  'duplicate',
  'refused',
  'ignored',
  'spooled',
  'inFlight',
);
const observationBooks = countsCodec(
  ...([
    'received',
    'stored',
    'duplicate',
    'refused',
    'ignored',
    'spooled',
    'inFlight',
    'thinned',
    'replaced',
  ] as const),
);
const reversal = countsCodec('messages', 'stored', 'replaced');

export const snapshotCodec: Codec<BooksSnapshot> = {
  write(writer, { source, messages, observations, replacing }) {
    writer.text(source);
    messageBooks.write(writer, messages);
    observationBooks.write(writer, observations);
    writer.varint(replacing);
  },
  read: (reader) => ({
    source: reader.text(),
    messages: messageBooks.read(reader),
    observations: observationBooks.read(reader),
    replacing: reader.varint(),
  }),
};

export const reversalCodec: Codec<BooksReversal> = {
  write(writer, { source, ...counts }) {
    writer.text(source);
    reversal.write(writer, counts);
  },
  read: (reader) => ({ source: reader.text(), ...reversal.read(reader) }),
};

export const quarantinedCodec: Codec<NewQuarantined> = {
  write(writer, { source, topic, receivedAt, code, detail, payload, payloadBytes, sha256, truncated }) {
    for (const text of [source, topic, code, detail, sha256]) writer.text(text);
    writer.f64(receivedAt);
    writer.bytes(payload);
    writer.varint(payloadBytes);
    writer.u8(Number(truncated));
  },
  read: (reader) => ({
    source: reader.text(),
    topic: reader.text(),
    code: reader.text() as RefusalCode,
    detail: reader.text(),
    sha256: reader.text(),
    receivedAt: reader.f64(),
    payload: Uint8Array.from(reader.bytes()),
    payloadBytes: reader.varint(),
    truncated: reader.u8() === 1,
  }),
};

const NOTHING = 255;

const anyValue: Codec<SignalValue | null> = {
  write(writer, value) {
    if (value === null) {
      writer.u8(NOTHING);
      return;
    }
    const type = typeOf(value);
    typeCodec.write(writer, type);
    writeValue(writer, type, value);
  },
  read(reader) {
    const type = reader.u8();
    if (type === NOTHING) return null;
    if (!TYPES[type]) throw new RangeError('the journal names a type that does not exist');
    return readValue(reader, TYPES[type]);
  },
};

export const noteCodec: Codec<NewCorrection> = {
  write(writer, { machine, signal, kind, action, words, from, to, receivedAt, count, ...values }) {
    for (const text of [machine, signal, kind, action, words.zh, words.en]) writer.text(text);
    for (const instant of [from, to, receivedAt]) writer.f64(instant);
    writer.varint(count);
    for (const value of [values.before, values.raw, values.result, values.lastRaw])
      anyValue.write(writer, value);
  },
  read: (reader) => ({
    machine: reader.text(),
    signal: reader.text(),
    kind: reader.text() as CorrectionKind,
    action: reader.text() as CorrectionAction,
    words: { zh: reader.text(), en: reader.text() },
    from: reader.f64(),
    to: reader.f64(),
    receivedAt: reader.f64(),
    count: reader.varint(),
    before: anyValue.read(reader),
    raw: anyValue.read(reader) as SignalValue,
    result: anyValue.read(reader),
    lastRaw: anyValue.read(reader) as SignalValue,
  }),
};

/** The first byte of a record. Groups of the kinds 2, 4 and 5 name their sources, and are no longer written. */
export const RECORD_KINDS = {
  header: 1,
  namedGroup: 2,
  outcome: 3,
  namedThinnedGroup: 4,
  namedNotedGroup: 5,
  group: 6,
} as const;

/** A list of deliveries with the sessions that they name. */
export function writeDeliveries(writer: ByteWriter, deliveries: readonly DeliveryRecord[]): void {
  const sessions = new Map<string, number>();
  for (const { session } of deliveries) if (!sessions.has(session)) sessions.set(session, sessions.size);
  writer.varint(sessions.size);
  for (const session of sessions.keys()) writer.text(session);
  writer.varint(deliveries.length);
  for (const delivery of deliveries)
    writeDelivery(writer, sessions.get(delivery.session) as number, delivery);
}

/** A delivery of a list; `place` is that of its session in the list's sessions. */
export function writeDelivery(
  writer: ByteWriter,
  place: number,
  delivery: Omit<DeliveryRecord, 'session'>,
): void {
  writer.varint(place);
  writer.u16(delivery.packetId);
  writer.u32(delivery.topicHash);
  writer.u32(delivery.payloadHash);
  writer.u32(delivery.payloadBytes);
}

/** What {@link writeDelivery} writes behind the place of the session. */
const DELIVERY_BYTES = 2 + 4 + 4 + 4;

/** Passes over a list of deliveries. Throws a RangeError past the end. */
export function passDeliveries(reader: ByteReader): void {
  for (let sessions = reader.varint(); sessions > 0; sessions--) reader.bytes();
  for (let deliveries = reader.varint(); deliveries > 0; deliveries--) {
    reader.varint();
    reader.pass(DELIVERY_BYTES);
  }
}

export function readDeliveries(reader: ByteReader): DeliveryRecord[] {
  const sessions = reader.list(() => reader.text());
  return reader.list(() => ({
    session: sessions[reader.varint()] ?? '',
    packetId: reader.u16(),
    topicHash: reader.u32(),
    payloadHash: reader.u32(),
    payloadBytes: reader.u32(),
  }));
}
