import { alikeNames, keptOnce } from '../guard/alike.ts';
import type { DecodedReading } from './decoder.ts';

/**
 * How a topic's payloads are written. A machine writes the same keys in the same order with every message, and only the
 * values differ: who knows what stands between the values reads them without looking for anything else.
 */
export interface Layout {
  /** The bytes before each value, and those behind the last up to the closing brace. */
  readonly between: readonly Uint8Array[];
  readonly kinds: readonly ValueKind[];
  readonly signals: readonly string[];
  readonly onlyNumbers: boolean;
}

type ValueKind = 'time' | 'number' | 'count' | 'text';

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPENING = 0x7b;
const CLOSING = 0x7d;
const DELETE = 0x7f;

/** So many digits are an integer that a double holds exactly, and so many places a power of ten that it holds exactly. */
const EXACT_DIGITS = 15;
const POWERS = Array.from({ length: EXACT_DIGITS + 1 }, (_, places) => 10 ** places);
const LONGEST_TEXT = 256;

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Reads a payload that is written as the layout says; `undefined`: it isn't, or holds what only the full decoder can tell
 * (escapes, exponents, long numbers, anything refused). What is given is what the full decoder gives.
 */
export function readLayout(layout: Layout, payload: Uint8Array, machine: string): DecodedReading | undefined {
  const { between, kinds, signals } = layout;
  // Two places that make arrays: the engine keeps doubles unboxed where a place never sees anything else.
  const values = layout.onlyNumbers
    ? new Array<number>(signals.length)
    : new Array<number | string>(signals.length);
  let ts: number | null = null;
  let filled = 0;
  let at = 0;
  for (let index = 0; index < between.length; index++) {
    const text = between[index] as Uint8Array;
    for (let nth = 0; nth < text.length; nth++) if (payload[at++] !== text[nth]) return undefined;
    const kind = kinds[index];
    if (kind === undefined) break;
    if (kind === 'text') {
      const end = endOfText(payload, at);
      if (end === undefined) return undefined;
      values[filled++] = Buffer.prototype.latin1Slice.call(payload, at + 1, end - 1);
      at = end;
      continue;
    }
    const negative = payload[at] === MINUS;
    if (negative) at++;
    const first = at;
    let digits = 0;
    let byte = payload[at] as number;
    for (; byte >= ZERO && byte <= NINE; byte = payload[++at] as number) digits = digits * 10 + byte - ZERO;
    const whole = at - first;
    if (whole === 0 || (whole > 1 && payload[first] === ZERO)) return undefined;
    let places = 0;
    if (byte === POINT) {
      byte = payload[++at] as number;
      for (; byte >= ZERO && byte <= NINE; byte = payload[++at] as number) digits = digits * 10 + byte - ZERO;
      places = at - first - whole - 1;
      if (places === 0) return undefined;
    }
    if (whole + places > EXACT_DIGITS) return undefined;
    // Both are exact and a quotient is rounded correctly, so this is the double nearest to the text, as in JSON.parse.
    const size = places === 0 ? digits : digits / (POWERS[places] as number);
    if (kind === 'time') ts = Math.floor(negative ? -size : size);
    else if (kind === 'count' && negative) return undefined;
    else values[filled++] = negative ? -size : size;
  }
  for (; at < payload.length; at++) if (!isSpace(payload[at])) return undefined;
  return { machine, ts, signals, values };
}

/** The layout of a payload that was decoded to this reading; `null` where it has none that can be had cheaply. */
export function layoutOf(
  payload: Uint8Array,
  reading: DecodedReading,
  signalOf: (key: string) => string,
): Layout | null {
  const between: Uint8Array[] = [];
  const kinds: ValueKind[] = [];
  const keys: string[] = [];
  let at = 0;
  let from = 0;
  const skipSpace = (): void => {
    while (isSpace(payload[at])) at++;
  };
  for (let opening = OPENING; ; opening = COMMA) {
    skipSpace();
    if (payload[at++] !== opening) return null;
    skipSpace();
    const end = payload[at] === QUOTE ? payload.indexOf(QUOTE, at + 1) : -1;
    if (end === -1) return null;
    const key = Buffer.from(payload.subarray(at + 1, end)).toString();
    at = end + 1;
    skipSpace();
    if (payload[at++] !== COLON) return null;
    skipSpace();
    between.push(copyOf(payload, from, at));
    const isText = payload[at] === QUOTE;
    if (key === 'ts') kinds.push('time');
    else {
      const name = signalOf(key);
      keys.push(name);
      kinds.push(isText ? 'text' : name === 'count' || name === 'reject' ? 'count' : 'number');
    }
    if (isText) at = endOfText(payload, at) ?? payload.length;
    else while (isNumberByte(payload[at])) at++;
    from = at;
    skipSpace();
    if (payload[at] === CLOSING) break;
    if (payload[at] !== COMMA) return null;
  }
  between.push(copyOf(payload, from, at + 1));
  const { signals, values, machine } = reading;
  if (keys.length !== signals.length || keys.some((key, index) => key !== signals[index])) return null;
  const onlyNumbers = !kinds.includes('text');
  const layout: Layout = { between, kinds, signals, onlyNumbers };
  // The proof of it: escapes, numbers that only the full decoder reads exactly, and what not, show here.
  const again = readLayout(layout, payload, machine);
  const isSame =
    again !== undefined && again.ts === reading.ts && values.every((value, i) => value === again.values[i]);
  return isSame ? alikeLayout({ ...layout, signals: alikeNames(signals) }) : null;
}

/** A copy in any case: what a Buffer calls a slice would keep all that was received with it for as long as the layout. */
const copyOf = (payload: Uint8Array, from: number, end: number): Uint8Array =>
  Uint8Array.prototype.slice.call(payload, from, end);

/** Machines of one make write alike. */
const alikeLayout = keptOnce(({ between, kinds, signals }: Layout) =>
  JSON.stringify([between.map((text) => Buffer.from(text).toString('latin1')), kinds, signals]),
);

const isNumberByte = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= ZERO && byte <= NINE) || byte === MINUS || byte === POINT);

/** The place behind a text of printable ASCII without escapes that begins here; `undefined`: it is another. */
function endOfText(payload: Uint8Array, from: number): number | undefined {
  if (payload[from] !== QUOTE) return undefined;
  for (let at = from + 1; at < from + LONGEST_TEXT; at++) {
    const byte = payload[at];
    if (byte === QUOTE) return at + 1;
    if (byte === undefined || byte < 0x20 || byte >= DELETE || byte === BACKSLASH) return undefined;
  }
  return undefined;
}
