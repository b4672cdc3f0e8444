import type { SignalValue } from '../../domain/observation.ts';
import { ARRAYS } from './arrays.ts';
import {
  DOUBLE,
  FLOAT,
  INT,
  LONG,
  MEMBERS,
  RAW,
  type RawValue,
  STRING,
  BOOLEAN as TRUTH,
} from './payload.ts';
import { Unreadable } from './unreadable.ts';
import { doubleOf, signed64, singleOf, textOf, unsigned64, type WireReader } from './wire.ts';

/** A datatype of Sparkplug B 3.0, 6.4.16: how a value of it becomes that of a signal. */
export interface Datatype {
  readonly code: number;
  readonly name: string;
  /** What the signal gets. */
  readonly becomes: string;
  read(value: RawValue, reader: WireReader): SignalValue | Unreadable;
}

const MAX_SAFE_HIGH = 2 ** 21;
const TWO_TO_32 = 2 ** 32;
const INT64_HIGH = 0x8000_0000;

const outOfRange = (name: string, { low, high }: RawValue): Unreadable =>
  new Unreadable(`is ${name}, and ${unsigned64(low, high)} is none`);

const otherMember = (name: string, { member }: RawValue): Unreadable =>
  new Unreadable(`is ${name}, and its value came as ${MEMBERS[member] ?? 'nothing'}`);

const isInteger = ({ member }: RawValue): boolean => member === INT || member === LONG;

/** Two's complement, written in its own width or carried on to 32 or 64 bits: publishers do all of these. */
function signed(code: number, name: string, bits: number): Datatype {
  const unused = 32 - bits;
  const mask = bits === 32 ? 0xffff_ffff : 2 ** bits - 1;
  return {
    code,
    name,
    becomes: 'number',
    read(value) {
      if (!isInteger(value)) return otherMember(name, value);
      const { low, high } = value;
      const number = (low << unused) >> unused;
      const isOwnWidth = high === 0 && low <= mask;
      const isCarriedOn = number < 0 && low === number >>> 0 && (high === 0 || high === 0xffff_ffff);
      return isOwnWidth || isCarriedOn ? number : outOfRange(name, value);
    },
  };
}

/** UInt32 is `long_value` with some publishers, and `int_value` with others. */
function unsigned(code: number, name: string, bits: number): Datatype {
  const most = 2 ** bits - 1;
  return {
    code,
    name,
    becomes: 'number',
    read(value) {
      if (!isInteger(value)) return otherMember(name, value);
      return value.high === 0 && value.low <= most ? value.low : outOfRange(name, value);
    },
  };
}

const int64: Datatype = {
  code: 4,
  name: 'Int64',
  becomes: 'exact 64-bit integer',
  read: (value) => (isInteger(value) ? signed64(value.low, value.high) : otherMember('Int64', value)),
};

const uint64: Datatype = {
  code: 8,
  name: 'UInt64',
  becomes:
    'exact 64-bit integer; from 2^63 on only where a rule makes it a text or a rounded number, see below',
  read(value) {
    if (!isInteger(value)) return otherMember('UInt64', value);
    if (value.high < INT64_HIGH) return unsigned64(value.low, value.high);
    const digits = String(unsigned64(value.low, value.high));
    return new Unreadable(`is UInt64, and ${digits} is beyond 2^63 - 1, the largest integer stored`, digits);
  },
};

const real = (code: number, name: string): Datatype => ({
  code,
  name,
  becomes: 'number',
  read(value) {
    if (value.member === FLOAT) return singleOf(value.low);
    return value.member === DOUBLE ? doubleOf(value.low, value.high) : otherMember(name, value);
  },
});

const boolean: Datatype = {
  code: 11,
  name: 'Boolean',
  becomes: 'true or false',
  read: (value) => (value.member === TRUTH ? value.low !== 0 : otherMember('Boolean', value)),
};

const text = (code: number, name: string): Datatype => ({
  code,
  name,
  becomes: 'text',
  read: (value, { bytes }) =>
    value.member === STRING ? textOf(bytes, value.from, value.end) : otherMember(name, value),
});

const dateTime: Datatype = {
  code: 13,
  name: 'DateTime',
  becomes: 'number: milliseconds since 1970, UTC',
  read(value) {
    if (!isInteger(value)) return otherMember('DateTime', value);
    if (value.high >= MAX_SAFE_HIGH) return outOfRange('DateTime', value);
    return value.high * TWO_TO_32 + value.low;
  },
};

const raw = (code: number, name: string): Datatype => ({
  code,
  name,
  becomes: 'text: Base64',
  read: (value, { bytes }) =>
    value.member === RAW
      ? Buffer.prototype.base64Slice.call(bytes, value.from, value.end)
      : otherMember(name, value),
});

const packed = ({ code, name, read }: (typeof ARRAYS)[number]): Datatype => ({
  code,
  name,
  becomes: 'text: a JSON array',
  read: (value, { bytes }) =>
    value.member === RAW
      ? read(Buffer.from(bytes.buffer, bytes.byteOffset + value.from, value.end - value.from))
      : otherMember(name, value),
});

export const DATASET_CODE = 16;
export const TEMPLATE_CODE = 19;

/** Every datatype whose value stands by itself; DataSet, Template and the property sets are messages of their own. */
export const DATATYPES: readonly Datatype[] = [
  signed(1, 'Int8', 8),
  signed(2, 'Int16', 16),
  signed(3, 'Int32', 32),
  int64,
  unsigned(5, 'UInt8', 8),
  unsigned(6, 'UInt16', 16),
  unsigned(7, 'UInt32', 32),
  uint64,
  real(9, 'Float'),
  real(10, 'Double'),
  boolean,
  text(12, 'String'),
  dateTime,
  text(14, 'Text'),
  text(15, 'UUID'),
  raw(17, 'Bytes'),
  raw(18, 'File'),
  ...ARRAYS.map(packed),
];

const BY_CODE: readonly (Datatype | undefined)[] = Array.from({ length: 64 }, (_, code) =>
  DATATYPES.find((datatype) => datatype.code === code),
);

/** `undefined`: none, or one that is a message of its own. */
export const datatypeOf = (code: number): Datatype | undefined => BY_CODE[code];

/** A datatype's name for a person. */
export function datatypeName(code: number): string {
  if (code === DATASET_CODE) return 'DataSet';
  if (code === TEMPLATE_CODE) return 'Template';
  return datatypeOf(code)?.name ?? (code === 0 ? 'Unknown' : `datatype ${code}`);
}
