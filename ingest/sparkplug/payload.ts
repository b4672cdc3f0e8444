import { COMPRESSED, unpacked } from './compression.ts';
import { BYTES, FIXED32, FIXED64, NotProtobuf, textOf, VARINT, type WireReader } from './wire.ts';

/** What a payload says of itself, and where its metrics are. Fields as in Tahu's `sparkplug_b.proto`, message `Payload`. */
export class PayloadHead {
  timestamp: number | null = null;
  seq: number | null = null;
  /** Where each metric begins and ends, in turn. */
  places: number[] = [];
}

/** Field number × 8 + wire type, of `Payload`. */
const TIMESTAMP = 1 * 8 + VARINT;
const METRIC = 2 * 8 + BYTES;
const SEQ = 3 * 8 + VARINT;
const UUID = 4 * 8 + BYTES;
const BODY = 5 * 8 + BYTES;

/** Reads the outer level of a payload, or of the one that it holds compressed; throws `NotProtobuf`. */
export function readHead(reader: WireReader, bytes: Uint8Array): PayloadHead {
  const head = new PayloadHead();
  const body = readLevel(reader, bytes, head);
  if (body === null) return head;
  const inner = new PayloadHead();
  if (readLevel(reader, unpacked(body), inner) !== null) {
    throw new NotProtobuf('a compressed payload in a compressed one');
  }
  inner.timestamp ??= head.timestamp;
  inner.seq ??= head.seq;
  return inner;
}

/** Gives the compressed body; `null`: it has none. */
function readLevel(reader: WireReader, bytes: Uint8Array, head: PayloadHead): Uint8Array | null {
  let isPacked = false;
  let body: Uint8Array | null = null;
  reader.open(bytes);
  while (reader.more) {
    const tag = reader.tag();
    if (tag === METRIC) {
      const end = reader.length();
      head.places.push(reader.at, end);
      reader.at = end;
    } else if (tag === TIMESTAMP) head.timestamp = reader.number();
    else if (tag === SEQ) head.seq = reader.number();
    else if (tag === UUID) {
      const end = reader.length();
      isPacked = textOf(bytes, reader.at, end) === COMPRESSED;
      reader.at = end;
    } else if (tag === BODY) {
      const end = reader.length();
      body = bytes.subarray(reader.at, end);
      reader.at = end;
    } else reader.skip(tag);
  }
  return isPacked ? (body ?? new Uint8Array(0)) : null;
}

/** Only the sequence number of a payload; `null`: none. Throws `NotProtobuf`. */
export function readSeq(reader: WireReader, bytes: Uint8Array): number | null {
  let seq: number | null = null;
  reader.open(bytes);
  while (reader.more) {
    const tag = reader.tag();
    if (tag === SEQ) seq = reader.number();
    // It may be compressed.
    else if (tag === UUID) return readHead(reader, bytes).seq;
    else reader.skip(tag);
  }
  return seq;
}

/** Which member of the `oneof value` is set: its field number. */
export const NONE = 0;
export const INT = 10;
export const LONG = 11;
export const FLOAT = 12;
export const DOUBLE = 13;
export const BOOLEAN = 14;
export const STRING = 15;
export const RAW = 16;
export const DATASET = 17;
export const TEMPLATE = 18;
export const EXTENSION = 19;

/** What the member is called in messages to a person. */
export const MEMBERS: Readonly<Record<number, string>> = {
  [INT]: 'int_value',
  [LONG]: 'long_value',
  [FLOAT]: 'float_value',
  [DOUBLE]: 'double_value',
  [BOOLEAN]: 'boolean_value',
  [STRING]: 'string_value',
  [RAW]: 'bytes_value',
  [DATASET]: 'dataset_value',
  [TEMPLATE]: 'template_value',
  [EXTENSION]: 'extension_value',
};

/**
 * A value as it stands in the bytes: numbers in two halves, all else by its place. One is read again and again, so that a
 * payload of twenty metrics makes no twenty objects.
 */
export class RawValue {
  member = NONE;
  low = 0;
  high = 0;
  from = 0;
  end = 0;
}

/** A metric as it stands in the bytes; message `Metric`. */
export class RawMetric extends RawValue {
  hasAlias = false;
  alias: number | bigint = 0;
  timestamp: number | null = null;
  datatype = 0;
  historical = false;
  transient = false;
  isNull = false;
  nameFrom = -1;
  nameEnd = -1;
  propertiesFrom = -1;
  propertiesEnd = -1;
}

/** Of `Metric`. */
const METRIC_NAME = 1 * 8 + BYTES;
const METRIC_ALIAS = 2 * 8 + VARINT;
const METRIC_TIMESTAMP = 3 * 8 + VARINT;
const METRIC_DATATYPE = 4 * 8 + VARINT;
const METRIC_HISTORICAL = 5 * 8 + VARINT;
const METRIC_TRANSIENT = 6 * 8 + VARINT;
const METRIC_NULL = 7 * 8 + VARINT;
const METRIC_PROPERTIES = 9 * 8 + BYTES;

/** Reads the metric that stands between two places; throws `NotProtobuf`. */
export function readMetric(reader: WireReader, metric: RawMetric, from: number, end: number): void {
  metric.member = NONE;
  metric.hasAlias = false;
  metric.timestamp = null;
  metric.datatype = 0;
  metric.historical = false;
  metric.transient = false;
  metric.isNull = false;
  metric.nameFrom = -1;
  metric.propertiesFrom = -1;
  reader.at = from;
  reader.end = end;
  while (reader.at < end) {
    const tag = reader.tag();
    switch (tag) {
      case METRIC_NAME:
        metric.nameEnd = reader.length();
        metric.nameFrom = reader.at;
        reader.at = metric.nameEnd;
        break;
      case METRIC_ALIAS:
        metric.alias = reader.key();
        metric.hasAlias = true;
        break;
      case METRIC_TIMESTAMP:
        metric.timestamp = reader.number();
        break;
      case METRIC_DATATYPE:
        metric.datatype = reader.number();
        break;
      case METRIC_HISTORICAL:
        metric.historical = reader.number() !== 0;
        break;
      case METRIC_TRANSIENT:
        metric.transient = reader.number() !== 0;
        break;
      case METRIC_NULL:
        metric.isNull = reader.number() !== 0;
        break;
      case METRIC_PROPERTIES:
        metric.propertiesEnd = reader.length();
        metric.propertiesFrom = reader.at;
        reader.at = metric.propertiesEnd;
        break;
      default:
        if (!readMember(reader, metric, tag, 0)) reader.skip(tag);
    }
  }
}

/**
 * Reads a member of a `oneof value` of numbers, texts and bytes. `shift`: how much lower the field numbers are than those of a
 * metric; other messages have the same members in the same order. `false`: the field is another one.
 */
export function readMember(reader: WireReader, value: RawValue, tag: number, shift: number): boolean {
  const member = (tag >>> 3) + shift;
  switch (tag & 7) {
    case VARINT:
      if (member !== INT && member !== LONG && member !== BOOLEAN) return false;
      reader.varint();
      value.low = reader.low;
      value.high = reader.high;
      break;
    case FIXED32:
      if (member !== FLOAT) return false;
      reader.fixed32();
      value.low = reader.low;
      break;
    case FIXED64:
      if (member !== DOUBLE) return false;
      reader.fixed64();
      value.low = reader.low;
      value.high = reader.high;
      break;
    case BYTES:
      if (member < STRING || member > EXTENSION) return false;
      value.end = reader.length();
      value.from = reader.at;
      reader.at = value.end;
      break;
    default:
      return false;
  }
  value.member = member;
  return true;
}

/** The name of a metric; `null`: it has none. */
export const nameOf = (reader: WireReader, { nameFrom, nameEnd }: RawMetric): string | null =>
  nameFrom === -1 ? null : textOf(reader.bytes, nameFrom, nameEnd);
