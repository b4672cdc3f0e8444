import type { SignalValue } from '../../domain/observation.ts';
import type { RefusalCode } from '../../domain/refusal.ts';

/** What is no line protocol; `at`: the place in the text where it goes wrong. */
export class Malformed extends Error {
  readonly at: number;
  constructor(at: number, what: string) {
    super(what);
    this.at = at;
  }
}

/** A field whose value can't be had as it is; the rest of its line is sound. */
export interface FieldFault {
  readonly code: RefusalCode;
  /** Ends a sentence that begins with the place and the field. */
  readonly what: string;
  /** The digits, for a rule that makes a text or a rounded number of them. */
  readonly digits: string;
}

const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const TRUE = new Set(['t', 'T', 'true', 'True', 'TRUE']);
const FALSE = new Set(['f', 'F', 'false', 'False', 'FALSE']);

/** So many digits are an integer that a double holds exactly, and so many places a power of ten that it holds exactly. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, places) => 10 ** places);
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const NINE = 57;

/** A decimal number of few digits: both halves of the quotient are exact, so it is the double nearest to the text. */
export function plainNumber(text: string, from: number, end: number): number | undefined {
  const isNegative = text.charCodeAt(from) === MINUS;
  const first = isNegative ? from + 1 : from;
  if (end - first > EXACT_DIGITS || end === first) return undefined;
  let digits = 0;
  let places = -1;
  for (let at = first; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) {
      digits = digits * 10 + code - ZERO;
      if (places >= 0) places++;
    } else if (code === POINT && places < 0 && at > first) places = 0;
    else return undefined;
  }
  const size = places > 0 ? digits / (POWERS[places] as number) : digits;
  return isNegative ? -size : size;
}

/** The value of a field that is no text, and no number of few digits. Throws {@link Malformed} at its place. */
export function fieldValueOf(text: string, at: number): SignalValue | FieldFault {
  const last = text.at(-1);
  if (last === 'i' && /^-?\d+i$/.test(text)) {
    const value = BigInt(text.slice(0, -1));
    if (value <= INT64_MAX && value >= -INT64_MAX - 1n) return value;
    throw new Malformed(at, `${text} is beyond 64 bits`);
  }
  if (last === 'u' && /^\d+u$/.test(text)) {
    const value = BigInt(text.slice(0, -1));
    if (value <= INT64_MAX) return value;
    if (value > UINT64_MAX) throw new Malformed(at, `${text} is beyond 64 bits`);
    return {
      code: 'integer-too-large',
      what: `is ${text}, beyond 64 bits with a sign; let a rule make it a text, or a number, which rounds`,
      digits: text.slice(0, -1),
    };
  }
  if (FLOAT.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    return {
      code: 'value-not-finite',
      what: 'is beyond what a number can hold; leave it out where it is unknown',
      digits: text,
    };
  }
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new Malformed(
    at,
    text === ''
      ? 'a field has no value'
      : 'a value is no number, no integer with i or u, no text in quotes, no t or f',
  );
}
