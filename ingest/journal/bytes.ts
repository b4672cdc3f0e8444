/** Writes the journal's binary form into a buffer that grows and is used again. */
export class ByteWriter {
  buffer: Buffer;
  at = 0;
  #view: DataView;

  constructor(capacity = 64 * 1024) {
    this.buffer = Buffer.allocUnsafeSlow(capacity);
    this.#view = new DataView(this.buffer.buffer);
  }

  #reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
    this.#view = new DataView(larger.buffer);
  }

  u8(value: number): void {
    this.#reserve(1);
    this.buffer[this.at++] = value;
  }

  u16(value: number): void {
    this.#reserve(2);
    this.#view.setUint16(this.at, value, true);
    this.at += 2;
  }

  u32(value: number): void {
    this.#reserve(4);
    this.#view.setUint32(this.at, value, true);
    this.at += 4;
  }

  f64(value: number): void {
    this.#reserve(8);
    this.#view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  /** Doubles one after the other, as {@link f64} writes each. */
  doubles(values: readonly number[]): void {
    this.#reserve(values.length * 8);
    const view = this.#view;
    let at = this.at;
    for (let index = 0; index < values.length; index++, at += 8) {
      view.setFloat64(at, values[index] as number, true);
    }
    this.at = at;
  }

  i64(value: bigint): void {
    this.#reserve(8);
    this.#view.setBigInt64(this.at, value, true);
    this.at += 8;
  }

  /** An integer from 0 to 2^53, seven bits a byte. */
  varint(value: number): void {
    this.#reserve(8);
    let rest = value;
    while (rest > 127) {
      this.buffer[this.at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.buffer[this.at++] = rest;
  }

  /** An integer of either sign. */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  text(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.varint(bytes);
    this.#reserve(bytes);
    if (bytes === value.length && bytes < 32) {
      for (let index = 0; index < bytes; index++) this.buffer[this.at + index] = value.charCodeAt(index);
    } else this.buffer.write(value, this.at);
    this.at += bytes;
  }

  bytes(value: Uint8Array): void {
    this.varint(value.length);
    this.raw(value);
  }

  raw(value: Uint8Array): void {
    this.#reserve(value.length);
    this.buffer.set(value, this.at);
    this.at += value.length;
  }

  written(): Buffer {
    return this.buffer.subarray(0, this.at);
  }
}

/** Reads what {@link ByteWriter} wrote. Throws a RangeError past the end. */
export class ByteReader {
  at = 0;
  readonly #buffer: Buffer;
  readonly #view: DataView;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  }

  u8(): number {
    return this.#view.getUint8(this.at++);
  }

  u16(): number {
    this.at += 2;
    return this.#view.getUint16(this.at - 2, true);
  }

  u32(): number {
    this.at += 4;
    return this.#view.getUint32(this.at - 4, true);
  }

  f64(): number {
    this.at += 8;
    return this.#view.getFloat64(this.at - 8, true);
  }

  /** As many doubles as wanted, in an array that holds nothing else. */
  doubles(count: number): number[] {
    const values = new Array<number>(count);
    for (let index = 0; index < count; index++) values[index] = this.f64();
    return values;
  }

  i64(): bigint {
    this.at += 8;
    return this.#view.getBigInt64(this.at - 8, true);
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.u8();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  text(): string {
    return this.bytes().toString();
  }

  /** A view of the buffer that was read, no copy. */
  bytes(): Buffer {
    const length = this.varint();
    this.pass(length);
    return this.#buffer.subarray(this.at - length, this.at);
  }

  pass(bytes: number): void {
    if (this.at + bytes > this.#buffer.length) throw new RangeError('the journal record ends too early');
    this.at += bytes;
  }

  /** A view of all that wasn't read. */
  rest(): Buffer {
    return this.#buffer.subarray(this.at);
  }

  /** As many entries as a count says. */
  list<T>(entry: () => T): T[] {
    return Array.from({ length: this.varint() }, entry);
  }
}
