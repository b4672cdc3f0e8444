import { Malformed } from './line-values.ts';

/** What comes before the fields of a line: it repeats with every message, and is read once. */
export interface Series {
  readonly measurement: string;
  /** Without a prototype: a tag may have any name. */
  readonly tags: Readonly<Record<string, string>>;
}

const COMMA = 44;
const EQUALS = 61;
const BACKSLASH = 92;

/** A backslash before one of `special` goes; before all else it stays. */
export const unescaped = (text: string, special: RegExp): string =>
  text.includes('\\') ? text.replace(special, '$1') : text;
const OF_MEASUREMENT = /\\([, ])/g;
export const OF_KEY = /\\([,= ])/g;
export const OF_STRING = /\\(["\\])/g;

/** The place of the first of these characters that no backslash escapes; `end` where there is none. */
function endOfPart(text: string, from: number, end: number, one: number, other: number): number {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === one || code === other) return at;
  }
  return end;
}

/** Reads measurement and tags. Throws {@link Malformed}. */
export function readSeries(text: string, from: number, end: number): Series {
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
