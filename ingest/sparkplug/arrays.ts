import { Unreadable } from './unreadable.ts';

interface ArrayType {
  readonly code: number;
  readonly name: string;
  /** The elements as JSON text, so that 64-bit integers keep every digit. */
  read(bytes: Buffer): string | Unreadable;
}

/** JSON has no NaN and no infinity. */
const jsonNumber = (value: number): string => (Number.isFinite(value) ? String(value) : 'null');

/** Elements of a fixed width one behind the other, little-endian. */
const fixed = (
  code: number,
  name: string,
  width: number,
  element: (bytes: Buffer, at: number) => string,
): ArrayType => ({
  code,
  name,
  read(bytes) {
    if (bytes.length % width !== 0) {
      return new Unreadable(`is ${name}, and ${bytes.length} bytes are no multiple of ${width}`);
    }
    const parts: string[] = [];
    for (let at = 0; at < bytes.length; at += width) parts.push(element(bytes, at));
    return `[${parts.join(',')}]`;
  },
});

/** 4 bytes with the count, little-endian, then one bit each, the most significant first. */
const booleans: ArrayType = {
  code: 32,
  name: 'BooleanArray',
  read(bytes) {
    const count = bytes.length < 4 ? -1 : bytes.readUInt32LE(0);
    if (count === -1 || bytes.length !== 4 + Math.ceil(count / 8)) {
      return new Unreadable(`is BooleanArray, and its ${bytes.length} bytes don't fit its count`);
    }
    const parts: string[] = [];
    for (let index = 0; index < count; index++) {
      parts.push(String(((bytes[4 + (index >> 3)] as number) & (0x80 >> (index & 7))) !== 0));
    }
    return `[${parts.join(',')}]`;
  },
};

/** Texts, each with a zero behind it. */
const strings: ArrayType = {
  code: 33,
  name: 'StringArray',
  read(bytes) {
    if (bytes.length > 0 && bytes.at(-1) !== 0) {
      return new Unreadable('is StringArray, and its last text has no zero behind it');
    }
    const texts = bytes.toString('utf8').split('\0').slice(0, -1);
    return JSON.stringify(texts);
  },
};

/** The array types of Sparkplug B 3.0, 6.4.16. */
export const ARRAYS: readonly ArrayType[] = [
  fixed(22, 'Int8Array', 1, (bytes, at) => String(bytes.readInt8(at))),
  fixed(23, 'Int16Array', 2, (bytes, at) => String(bytes.readInt16LE(at))),
  fixed(24, 'Int32Array', 4, (bytes, at) => String(bytes.readInt32LE(at))),
  fixed(25, 'Int64Array', 8, (bytes, at) => String(bytes.readBigInt64LE(at))),
  fixed(26, 'UInt8Array', 1, (bytes, at) => String(bytes.readUInt8(at))),
  fixed(27, 'UInt16Array', 2, (bytes, at) => String(bytes.readUInt16LE(at))),
  fixed(28, 'UInt32Array', 4, (bytes, at) => String(bytes.readUInt32LE(at))),
  fixed(29, 'UInt64Array', 8, (bytes, at) => String(bytes.readBigUInt64LE(at))),
  fixed(30, 'FloatArray', 4, (bytes, at) => jsonNumber(bytes.readFloatLE(at))),
  fixed(31, 'DoubleArray', 8, (bytes, at) => jsonNumber(bytes.readDoubleLE(at))),
  booleans,
  strings,
  fixed(34, 'DateTimeArray', 8, (bytes, at) => String(bytes.readBigInt64LE(at))),
];
