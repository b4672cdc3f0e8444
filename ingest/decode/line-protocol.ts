import type { SignalValue } from '../../domain/observation.ts';
import {
  COMMA,
  EQUALS,
  endOfField,
  endOfKey,
  endOfLine,
  endOfPart,
  endOfString,
  HASH,
  isEndOfValue,
  Malformed,
  NEWLINE,
  OF_KEY,
  OF_MEASUREMENT,
  OF_STRING,
  QUOTE,
  RETURN,
  SPACE,
  skipSpaces,
  unescaped,
} from './line-text.ts';
import { type FieldFault, fieldValueOf, plainNumber } from './line-values.ts';
import { placeOf } from './place-of.ts';

/** What comes before the fields of a line: it repeats with every message, and is read once. */
export interface Series {
  readonly measurement: string;
  /** Without a prototype: a tag may have any name. */
  readonly tags: Readonly<Record<string, string>>;
}

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

function readSeries(text: string, from: number, end: number): Series {
  let at = endOfPart(text, from, end, COMMA, COMMA);
  const measurement = unescaped(text.slice(from, at), OF_MEASUREMENT);
  if (measurement === '') throw new Malformed(from, 'the measurement is missing');
  const tags: Record<string, string> = Object.create(null);
  while (at < end) {
    const keyAt = at + 1;
    const equals = endOfPart(text, keyAt, end, EQUALS, COMMA);
    if (equals === keyAt) throw new Malformed(keyAt, 'a tag has no key');
    if (text.charCodeAt(equals) !== EQUALS || equals === end)
      throw new Malformed(equals, 'a tag has no value');
    const valueEnd = endOfPart(text, equals + 1, end, COMMA, EQUALS);
    if (text.charCodeAt(valueEnd) === EQUALS && valueEnd < end)
      throw new Malformed(valueEnd, 'a tag has a second =, which needs a backslash');
    if (valueEnd === equals + 1) throw new Malformed(valueEnd, 'a tag has no value');
    const key = unescaped(text.slice(keyAt, equals), OF_KEY);
    if (key in tags) throw new Malformed(keyAt, `the tag ${key} is there twice`);
    tags[key] = unescaped(text.slice(equals + 1, valueEnd), OF_KEY);
    at = valueEnd;
  }
  return { measurement, tags };
}

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
