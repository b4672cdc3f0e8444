import type { EpochMs } from './time.ts';

const COMMA = 44;
const ZERO = 48;
/** Instants from 2001 to 2286 have this many digits. */
const DIGITS = 13;
const SMALLEST = 10 ** (DIGITS - 1);
const LARGEST = 10 ** DIGITS - 1;
const MILLION = 1_000_000;

const encoder = new TextEncoder();

/** JSON text as {@link jsonBytes} takes it. */
export const encodeJson = (json: string): Uint8Array => encoder.encode(json);

/** The digits of 000 to 999. */
const TRIPLES = encodeJson(
  Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0')).join(''),
);

/**
 * Puts together long JSON texts as UTF-8: a ledger's inputs list each instant, and a string for each of millions of
 * numbers would cost more than all the rest of a ledger. Empty again after {@link end}.
 */
export function jsonBytes() {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let bytes = new Uint8Array(1 << 14);
  let length = 0;

  const reserve = (more: number): void => {
    if (length + more <= bytes.length) return;
    const wider = new Uint8Array(Math.max(2 * bytes.length, length + more));
    wider.set(bytes.subarray(0, length));
    bytes = wider;
  };
  const triple = (number: number): void => {
    const from = 3 * number;
    bytes[length++] = TRIPLES[from] as number;
    bytes[length++] = TRIPLES[from + 1] as number;
    bytes[length++] = TRIPLES[from + 2] as number;
  };
  const encoded = (part: Uint8Array): void => {
    reserve(part.length);
    for (let at = 0; at < part.length; at++) bytes[length++] = part[at] as number;
  };
  const instant = (ts: EpochMs): void => {
    if (ts < SMALLEST || ts > LARGEST) {
      encoded(encodeJson(String(ts)));
      return;
    }
    const high = Math.floor(ts / MILLION);
    const low = ts - high * MILLION;
    const first = Math.floor(high / MILLION);
    const middle = high - first * MILLION;
    const [a, b] = [Math.floor(middle / 1000), Math.floor(low / 1000)];
    bytes[length++] = ZERO + first;
    triple(a);
    triple(middle - a * 1000);
    triple(b);
    triple(low - b * 1000);
  };

  return {
    /** Adds a text of {@link encodeJson}. */
    encoded,
    /** Adds `ts[first]` to `ts[end - 1]`, with commas between. */
    instants(ts: readonly EpochMs[], first: number, end: number): void {
      reserve((end - first) * (DIGITS + 1));
      for (let index = first; index < end; index++) {
        if (index > first) bytes[length++] = COMMA;
        instant(ts[index] as EpochMs);
      }
    },
    /** Everything added since the last call. */
    end(): string {
      const all = decoder.decode(bytes.subarray(0, length));
      length = 0;
      return all;
    },
  };
}
