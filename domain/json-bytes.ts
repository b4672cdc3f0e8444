import type { EpochMs } from './time.ts';

const COMMA = 44;
const ZERO = 48;
/** Instants from 2001 to 2286 have this many digits. */
const DIGITS = 13;
const SMALLEST = 10 ** (DIGITS - 1);
const LARGEST = 10 ** DIGITS - 1;
const MILLION = 1_000_000;
const LOW_DIGITS = 6;

const encoder = new TextEncoder();

/** JSON text as {@link jsonBytes} takes it. */
export const encodeJson = (json: string): Uint8Array => encoder.encode(json);

/** Items of a JSON list as UTF-8, each with a comma behind it, so that any stretch of it is copied in one go. */
export interface JsonList {
  readonly bytes: Uint8Array;
  /** Where each item ends, its comma included. */
  readonly ends: Int32Array;
}

/** The digits of 000 to 999. */
const TRIPLES = encodeJson(
  Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0')).join(''),
);

/** A list of instants. A string for each of millions of numbers would cost more than all the rest of a ledger. */
export function instantList(ts: readonly EpochMs[]): JsonList {
  const bytes = new Uint8Array(ts.length * (DIGITS + 1));
  const ends = new Int32Array(ts.length);
  const head = new Uint8Array(DIGITS - LOW_DIGITS);
  let headOf = -1;
  let length = 0;
  for (let index = 0; index < ts.length; index++) {
    const instant = ts[index] as EpochMs;
    if (!(instant >= SMALLEST && instant <= LARGEST)) return jsonList(ts, (any) => encodeJson(String(any)));
    const high = Math.floor(instant / MILLION);
    // Neighbours mostly differ in their last digits only.
    if (high !== headOf) {
      headOf = high;
      const first = Math.floor(high / MILLION);
      head[0] = ZERO + first;
      sixDigits(head, 1, high - first * MILLION);
    }
    for (let at = 0; at < DIGITS - LOW_DIGITS; at++) bytes[length + at] = head[at] as number;
    sixDigits(bytes, length + DIGITS - LOW_DIGITS, instant - high * MILLION);
    bytes[length + DIGITS] = COMMA;
    length += DIGITS + 1;
    ends[index] = length;
  }
  return { bytes, ends };
}

function sixDigits(bytes: Uint8Array, at: number, number: number): void {
  const thousands = (number / 1000) | 0;
  const high = 3 * thousands;
  const low = 3 * (number - 1000 * thousands);
  bytes[at] = TRIPLES[high] as number;
  bytes[at + 1] = TRIPLES[high + 1] as number;
  bytes[at + 2] = TRIPLES[high + 2] as number;
  bytes[at + 3] = TRIPLES[low] as number;
  bytes[at + 4] = TRIPLES[low + 1] as number;
  bytes[at + 5] = TRIPLES[low + 2] as number;
}

/** A list of anything, item by item as `encoded` gives it. */
export function jsonList<T>(items: readonly T[], encoded: (item: T) => Uint8Array): JsonList {
  const parts: Uint8Array[] = [];
  const ends = new Int32Array(items.length);
  let length = 0;
  for (let index = 0; index < items.length; index++) {
    const part = encoded(items[index] as T);
    parts.push(part);
    length += part.length + 1;
    ends[index] = length;
  }
  const bytes = new Uint8Array(length);
  length = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at++) bytes[length + at] = part[at] as number;
    length += part.length;
    bytes[length++] = COMMA;
  }
  return { bytes, ends };
}

/** Puts together long JSON texts as UTF-8. */
export function jsonBytes() {
  let bytes = new Uint8Array(1 << 14);
  let length = 0;

  const reserve = (more: number): void => {
    if (length + more <= bytes.length) return;
    const wider = new Uint8Array(Math.max(2 * bytes.length, length + more));
    wider.set(bytes.subarray(0, length));
    bytes = wider;
  };
  const encoded = (part: Uint8Array): void => {
    reserve(part.length);
    bytes.set(part, length);
    length += part.length;
  };

  return {
    /** Adds a text of {@link encodeJson}. */
    encoded,
    text(json: string): void {
      reserve(3 * json.length);
      length += encoder.encodeInto(json, bytes.subarray(length)).written;
    },
    /** Adds the items from `first` to `end - 1` of a list, with commas between. */
    items({ bytes: items, ends }: JsonList, first: number, end: number): void {
      if (first >= end) return;
      const from = ends[first - 1] ?? 0;
      encoded(items.subarray(from, (ends[end - 1] as number) - 1));
    },
    /** Everything added since the last call, to be used before the next addition. */
    end(): Uint8Array {
      const all = bytes.subarray(0, length);
      length = 0;
      return all;
    },
  };
}
