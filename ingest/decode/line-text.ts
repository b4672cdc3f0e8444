/** What is no line protocol; `at`: the place in the text where it goes wrong. */
export class Malformed extends Error {
  readonly at: number;
  constructor(at: number, what: string) {
    super(what);
    this.at = at;
  }
}

/** UTF-16 codes of the characters that part a line. */
export const NEWLINE = 10;
export const RETURN = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const HASH = 35;
export const COMMA = 44;
export const EQUALS = 61;
export const BACKSLASH = 92;

export function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

/** The end of measurement and tags: the first space that no backslash escapes. */
export function endOfKey(text: string, from: number): number {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === SPACE || code === NEWLINE || Number.isNaN(code)) return at;
  }
}

/** The place of the first of these characters that no backslash escapes; `end` where there is none. */
export function endOfPart(text: string, from: number, end: number, one: number, other: number): number {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === one || code === other) return at;
  }
  return end;
}

export function endOfField(text: string, from: number): number {
  for (let at = from; ; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === EQUALS || code === COMMA || code === SPACE || code === NEWLINE || Number.isNaN(code))
      return at;
  }
}

/** The place behind the closing quote. */
export function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at + 1;
  }
  throw new Malformed(from, 'a text has no closing quote');
}

export const isEndOfValue = (code: number): boolean =>
  code === COMMA || code === SPACE || code === NEWLINE || code === RETURN || Number.isNaN(code);

/** A backslash before one of `special` goes; before all else it stays. */
export const unescaped = (text: string, special: RegExp): string =>
  text.includes('\\') ? text.replace(special, '$1') : text;
export const OF_MEASUREMENT = /\\([, ])/g;
export const OF_KEY = /\\([,= ])/g;
export const OF_STRING = /\\(["\\])/g;
