/** Writes Protocol Buffers fields, as encoding.md of the format says; only what a Sparkplug payload needs. */
export interface WireWriter {
  /** Of an integer field; negative ones as 64-bit two's complement. */
  varint(field: number, value: number | bigint): void;
  double(field: number, value: number): void;
  /** A string, bytes or a message within. */
  bytes(field: number, value: string | Buffer): void;
  done(): Buffer;
}

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

export function wireWriter(): WireWriter {
  const parts: Buffer[] = [];
  const varintOf = (value: bigint): Buffer => {
    const bytes: number[] = [];
    let left = BigInt.asUintN(64, value);
    while (left > 0x7fn) {
      bytes.push(Number(left & 0x7fn) | 0x80);
      left >>= 7n;
    }
    bytes.push(Number(left));
    return Buffer.from(bytes);
  };
  const key = (field: number, kind: number): void => void parts.push(varintOf(BigInt(field * 8 + kind)));
  return {
    varint(field, value) {
      key(field, VARINT);
      parts.push(varintOf(BigInt(value)));
    },
    double(field, value) {
      key(field, FIXED64);
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(value);
      parts.push(bytes);
    },
    bytes(field, value) {
      const bytes = Buffer.from(value as string);
      key(field, LENGTH);
      parts.push(varintOf(BigInt(bytes.length)), bytes);
    },
    done: () => Buffer.concat(parts),
  };
}

/** A field as read: a varint, or the bytes of a string or message. Fields of a fixed length are passed over. */
export type WireField = readonly [field: number, value: bigint | Buffer];

/** The fields of a message; ends early where the bytes are none. */
export function* wireFields(bytes: Buffer): Generator<WireField, void> {
  let at = 0;
  const varint = (): bigint | undefined => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  while (at < bytes.length) {
    const key = varint();
    if (key === undefined) return;
    const field = Number(key >> 3n);
    switch (Number(key & 7n)) {
      case VARINT: {
        const value = varint();
        if (value === undefined) return;
        yield [field, value];
        break;
      }
      case LENGTH: {
        const length = Number(varint() ?? -1n);
        if (length < 0 || at + length > bytes.length) return;
        yield [field, bytes.subarray(at, at + length)];
        at += length;
        break;
      }
      case FIXED64:
        at += 8;
        break;
      case FIXED32:
        at += 4;
        break;
      default:
        return;
    }
  }
}
