/** The bytes are no Protocol Buffers message; the message says what was wrong, and at which byte. */
export class NotProtobuf extends Error {
  override readonly name = 'NotProtobuf';
}

/** Wire types [protobuf, "Encoding"]. */
export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
const GROUP = 3;
const GROUP_END = 4;
export const FIXED32 = 5;

const MOST_NESTED_GROUPS = 16;
const TWO_TO_32 = 2 ** 32;
/** The upper half of 2^53: numbers below are exact as doubles. */
const SAFE_HIGH = 2 ** 21;

const scratch = new DataView(new ArrayBuffer(8));

/**
 * Reads the Protocol Buffers wire format in place. A varint comes in two halves, so that no BigInt is made where a number
 * will do. Throws {@link NotProtobuf}.
 */
export class WireReader {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  end = 0;
  /** The halves of the last varint or fixed number, unsigned. */
  low = 0;
  high = 0;

  open(bytes: Uint8Array, at = 0, end = bytes.length): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get more(): boolean {
    return this.at < this.end;
  }

  /** Reads a varint into `low` and `high`. */
  varint(): void {
    const { bytes, end } = this;
    let at = this.at;
    let byte = at < end ? (bytes[at++] as number) : this.#cut();
    this.high = 0;
    if (byte < 0x80) {
      this.low = byte;
      this.at = at;
      return;
    }
    let low = byte & 0x7f;
    let high = 0;
    for (let shift = 7; ; shift += 7) {
      if (shift > 63) throw new NotProtobuf(`a number of more than 64 bits at byte ${this.at}`);
      byte = at < end ? (bytes[at++] as number) : this.#cut();
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) break;
    }
    this.low = low >>> 0;
    this.high = high >>> 0;
    this.at = at;
  }

  /** A varint as a number; beyond 2^53 it is not exact. */
  number(): number {
    this.varint();
    return this.high === 0 ? this.low : this.high * TWO_TO_32 + this.low;
  }

  /** A varint as something that equals itself in a map: a number, a BigInt only where a number can't tell it. */
  key(): number | bigint {
    const number = this.number();
    return this.high < SAFE_HIGH ? number : (BigInt(this.high) << 32n) | BigInt(this.low);
  }

  /** Field number × 8 + wire type. */
  tag(): number {
    const from = this.at;
    this.varint();
    if (this.high !== 0 || this.low < 8) throw new NotProtobuf(`no field begins at byte ${from}`);
    return this.low;
  }

  fixed32(): void {
    const { bytes, at } = this;
    if (at + 4 > this.end) this.#cut();
    this.low = halfAt(bytes, at);
    this.high = 0;
    this.at = at + 4;
  }

  fixed64(): void {
    const { bytes, at } = this;
    if (at + 8 > this.end) this.#cut();
    this.low = halfAt(bytes, at);
    this.high = halfAt(bytes, at + 4);
    this.at = at + 8;
  }

  /** Reads the length of a text, of bytes or of a message, and gives where it ends; `at` is where it begins. */
  length(): number {
    const from = this.at;
    const length = this.number();
    const end = this.at + length;
    if (end > this.end) throw new NotProtobuf(`what begins at byte ${from} is longer than what is left`);
    return end;
  }

  /** Passes over a field of this wire type. */
  skip(tag: number, depth = 0): void {
    switch (tag & 7) {
      case VARINT:
        this.varint();
        return;
      case FIXED64:
        this.fixed64();
        return;
      case BYTES:
        this.at = this.length();
        return;
      case FIXED32:
        this.fixed32();
        return;
      case GROUP: {
        if (depth === MOST_NESTED_GROUPS) throw new NotProtobuf(`groups too deep at byte ${this.at}`);
        for (let inner = this.tag(); (inner & 7) !== GROUP_END; inner = this.tag())
          this.skip(inner, depth + 1);
        return;
      }
      default:
        throw new NotProtobuf(`an unknown kind of field before byte ${this.at}`);
    }
  }

  #cut(): never {
    throw new NotProtobuf(`it ends in the middle of a field, after ${this.end} bytes`);
  }
}

const halfAt = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)) >>>
  0;

/** The IEEE 754 single of 32 bits, exact as a double. */
export function singleOf(low: number): number {
  scratch.setUint32(0, low);
  return scratch.getFloat32(0);
}

/** The IEEE 754 double of two halves. */
export function doubleOf(low: number, high: number): number {
  scratch.setUint32(0, high);
  scratch.setUint32(4, low);
  return scratch.getFloat64(0);
}

export const unsigned64 = (low: number, high: number): bigint =>
  high === 0 ? BigInt(low) : (BigInt(high) << 32n) | BigInt(low);

export const signed64 = (low: number, high: number): bigint =>
  high < 0x8000_0000 ? unsigned64(low, high) : BigInt.asIntN(64, unsigned64(low, high));

/** A text of the bytes; what is no UTF-8 in it becomes U+FFFD. */
export const textOf = (bytes: Uint8Array, from: number, end: number): string =>
  Buffer.prototype.utf8Slice.call(bytes, from, end);
