const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const BILLION = 1_000_000_000;
/** Numbers with up to three or six decimal places, which plants send, as an integer and a power of ten. */
const SCALES = [
  [1_000, 3],
  [1_000_000, 6],
] as const;
/** A sign, 17 digits, a point and an exponent; no number is longer. */
const LONGEST_NUMBER = 32;

/**
 * Text put together as UTF-8 in a buffer that is used again: lines by the million, for which strings would cost more than
 * all the rest of writing.
 */
export class LineBytes {
  #buffer = Buffer.allocUnsafeSlow(64 * 1024);
  #at = 0;

  /** What was written since the last call of {@link clear}; valid until the next. */
  get written(): Buffer {
    return this.#buffer.subarray(0, this.#at);
  }

  clear(): void {
    this.#at = 0;
  }

  #reserve(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#buffer.length * 2, this.#at + bytes));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }

  byte(code: number): void {
    this.#reserve(1);
    this.#buffer[this.#at++] = code;
  }

  raw(part: Uint8Array): void {
    const { length } = part;
    this.#reserve(length);
    const buffer = this.#buffer;
    let at = this.#at;
    for (let index = 0; index < length; index++) buffer[at++] = part[index] as number;
    this.#at = at;
  }

  text(text: string): void {
    this.#reserve(text.length * 3);
    this.#at += this.#buffer.write(text, this.#at);
  }

  /** An integer of up to 2^53, without sign. */
  integer(value: number): void {
    this.#reserve(LONGEST_NUMBER);
    if (value < BILLION) this.#digits(value, digitsOf(value));
    else {
      const high = Math.floor(value / BILLION);
      this.#digits(high, digitsOf(high));
      this.#digits(value - high * BILLION, 9);
    }
  }

  /**
   * Of values at a place the shortest text that reads as this number, as `String` gives it. A number that is handed over by itself
   * would be an object each time.
   */
  doubleOf(values: readonly number[], place: number): void {
    const value = values[place] as number;
    const size = Math.abs(value);
    // Also false for NaN and infinities.
    if (!(size < BILLION)) {
      this.text(String(value));
      return;
    }
    if (value < 0 || (value === 0 && 1 / value < 0)) this.byte(MINUS);
    const whole = Math.floor(size);
    if (whole === size) {
      this.integer(whole);
      return;
    }
    for (const [scale, places] of SCALES) {
      const scaled = Math.round(size * scale);
      // Both are exact, and the quotient is rounded correctly: just as a reader of the decimal text does it.
      if (scaled / scale !== size) continue;
      const high = Math.floor(scaled / scale);
      this.integer(high);
      this.#fraction(scaled - high * scale, places);
      return;
    }
    this.text(String(size));
  }

  /** Decimal places without the zeros at the end. */
  #fraction(fraction: number, places: number): void {
    this.#reserve(LONGEST_NUMBER);
    let rest = fraction;
    let width = places;
    while (rest % 10 === 0) {
      rest /= 10;
      width--;
    }
    this.#buffer[this.#at++] = POINT;
    this.#digits(rest, width);
  }

  /** An integer below 10^9, with zeros before it up to the width. */
  #digits(value: number, width: number): void {
    const buffer = this.#buffer;
    let rest = value | 0;
    for (let at = this.#at + width - 1; at >= this.#at; at--) {
      const tenth = (rest / 10) | 0;
      buffer[at] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.#at += width;
  }
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let bound = 10; bound <= value; bound *= 10) digits++;
  return digits;
}
