import type { SignalValue } from '../../domain/observation.ts';
import { OF_KEY, OF_STRING, readSeries, type Series, unescaped } from './line-series.ts';
import { type FieldFault, fieldValueOf, Malformed, plainNumber } from './line-values.ts';
import { placeOf } from './place-of.ts';

/** A line of InfluxDB line protocol; `fields[i]` has `values[i]`. */
export interface Point {
  /** Counted from 1. */
  readonly line: number;
  readonly series: Series;
  readonly fields: readonly string[];
  readonly values: readonly (SignalValue | FieldFault)[];
  /** The digits of the timestamp; `null`: it has none. */
  readonly time: string | null;
}

export interface LineFault {
  readonly line: number;
  /** Of the character, counted from 1. */
  readonly column: number;
  readonly what: string;
}

const MAX_SERIES = 10_000;
/** UTF-16 codes of the characters that part a line; each file has its own, since imported ones are looked up at each use. */
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const EQUALS = 61;
const BACKSLASH = 92;

/**
 * Reads InfluxDB line protocol: the grammar of InfluxDB 2 with its escapes, of which a quoted string may hold newlines
 * (docs.influxdata.com, "Line protocol reference"). A wrong line is told by line and column, and the others stand.
 * Reads the bytes of one source; which series it has met is remembered from call to call.
 */
export function lineProtocolReader(): (text: string) => {
  readonly points: Point[];
  readonly faults: LineFault[];
} {
  const known = new Map<string, Series>();
  /** The fields of the last line: the next one most likely has them again, in the same order. */
  let usual: readonly string[] = [];

  function seriesOf(text: string, from: number, end: number): Series {
    const key = text.slice(from, end);
    const met = known.get(key);
    if (met) return met;
    const series = readSeries(text, from, end);
    if (known.size >= MAX_SERIES) known.clear();
    known.set(key, series);
    return series;
  }

  return (text) => {
    const points: Point[] = [];
    const faults: LineFault[] = [];
    let line = 1;
    for (let at = 0; at < text.length; ) {
      const start = at;
      while (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === 9) at++;
      const first = text.charCodeAt(at);
      if (first === NEWLINE || first === RETURN || first === HASH || Number.isNaN(first)) {
        at = endOfLine(text, at);
      } else {
        try {
          const keyEnd = endOfKey(text, at);
          if (text.charCodeAt(keyEnd) !== SPACE)
            throw new Malformed(keyEnd, 'the line ends before its fields');
          const fieldsAt = skipSpaces(text, keyEnd);
          const series = seriesOf(text, at, keyEnd);
          const values: (SignalValue | FieldFault)[] = [];
          const read = readFields(text, fieldsAt, usual, values);
          const { fields } = read;
          usual = fields;
          at = read.end;
          const time = readTime(text, skipSpaces(text, at));
          at = time.end;
          points.push({ line, series, fields, values, time: time.digits });
        } catch (error) {
          if (!(error instanceof Malformed)) throw error;
          const before = text.slice(start, error.at);
          const lines = before.split('\n');
          faults.push({
            line: line + lines.length - 1,
            column: (lines.at(-1) as string).length + 1,
            what: error.message,
          });
          // Behind the texts that were closed; where one was not, behind the line that it begins in.
          at = endOfLine(text, error.at);
        }
      }
      for (
        let index = text.indexOf('\n', start);
        index !== -1 && index < at;
        index = text.indexOf('\n', index + 1)
      )
        line++;
      if (text.charCodeAt(at) === NEWLINE) {
        at++;
        line++;
      }
    }
    return { points, faults };
  };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

/** The end of measurement and tags: the first space that no backslash escapes. */
function endOfKey(text: string, from: number): number {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === SPACE || code === NEWLINE || Number.isNaN(code)) return at;
  }
}

function endOfField(text: string, from: number): number {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === EQUALS || code === COMMA || code === SPACE || code === NEWLINE || Number.isNaN(code))
      return at;
  }
}

/** The place behind the closing quote. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  throw new Malformed(from, 'a text has no closing quote');
}

const isEndOfValue = (code: number): boolean =>
  code === COMMA || code === SPACE || code === NEWLINE || code === RETURN || Number.isNaN(code);

/**
 * Reads the fields; of a key that is there twice the last counts. Where they are the usual ones, those are given back, so
 * that who knows them needn't look at each.
 */
function readFields(
  text: string,
  from: number,
  usual: readonly string[],
  values: (SignalValue | FieldFault)[],
): { readonly fields: readonly string[]; readonly end: number } {
  /** `null`: as long as all are the usual ones. */
  let fields: string[] | null = null;
  for (let at = from, nth = 0; ; at++, nth++) {
    const expected = usual[nth];
    let equals: number;
    let name: string;
    // Only a name without escapes stands in the text as it is.
    if (fields === null && expected !== undefined && isNext(text, at, expected)) {
      equals = at + expected.length;
      name = expected;
    } else {
      fields ??= usual.slice(0, nth);
      equals = endOfField(text, at);
      if (equals === at) throw new Malformed(at, 'a field has no key');
      if (text.charCodeAt(equals) !== EQUALS) throw new Malformed(equals, 'a field has no value');
      name = unescaped(text.slice(at, equals), OF_KEY);
    }
    const valueAt = equals + 1;
    let value: SignalValue | FieldFault;
    if (text.charCodeAt(valueAt) === QUOTE) {
      at = endOfString(text, valueAt);
      value = unescaped(text.slice(valueAt + 1, at - 1), OF_STRING);
    } else {
      at = valueAt;
      while (!isEndOfValue(text.charCodeAt(at))) at++;
      value = plainNumber(text, valueAt, at) ?? fieldValueOf(text.slice(valueAt, at), valueAt);
    }
    const index = fields === null ? -1 : placeOf(fields, name);
    if (index === -1) {
      fields?.push(name);
      values.push(value);
    } else values[index] = value;
    const next = text.charCodeAt(at);
    if (next === COMMA) continue;
    if (!isEndOfValue(next)) throw new Malformed(at, 'text follows the closing quote');
    if (fields === null && values.length < usual.length) fields = usual.slice(0, values.length);
    return { fields: fields ?? usual, end: at };
  }
}

function isNext(text: string, at: number, name: string): boolean {
  return text.charCodeAt(at + name.length) === EQUALS && text.startsWith(name, at);
}

/** The timestamp, and the place of the end of the line. */
function readTime(text: string, from: number): { readonly digits: string | null; readonly end: number } {
  let at = from;
  while (!isEndOfTime(text.charCodeAt(at))) at++;
  const digits = at === from ? null : text.slice(from, at);
  if (digits !== null && !/^-?\d{1,19}$/.test(digits))
    throw new Malformed(from, 'the timestamp is no integer; a space within a name or tag needs a backslash');
  let end = skipSpaces(text, at);
  if (text.charCodeAt(end) === RETURN) end++;
  if (end < text.length && text.charCodeAt(end) !== NEWLINE)
    throw new Malformed(end, 'something follows the timestamp');
  return { digits, end };
}

const isEndOfTime = (code: number): boolean =>
  code === SPACE || code === NEWLINE || code === RETURN || Number.isNaN(code);
