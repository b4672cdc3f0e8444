/** The longest name of an order or a product. */
export const LONGEST_WORK_NAME = 200;

const UNPRINTABLE = /\p{Cc}|\p{Cs}/u;

/** Why nobody can read a name or type it again: its first character that can't be shown, counted from 1. */
export interface Unprintable {
  readonly place: number;
  /** `U+0007`, say. */
  readonly code: string;
}

/** A control character, or half of a surrogate pair, in a name; `null`: there is none. */
export function unprintableIn(name: string): Unprintable | null {
  const at = name.search(UNPRINTABLE);
  if (at < 0) return null;
  const code = (name.codePointAt(at) as number).toString(16).toUpperCase().padStart(4, '0');
  return { place: at + 1, code: `U+${code}` };
}
