export const MAX_NAME_LENGTH = 256;

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f+#]/;

/** Names that mean something else to JavaScript, or to whatever resolves an address: a machine with such a level couldn't be asked for. */
const UNUSABLE = new Set(['__proto__', '.', '..']);

/** Why a level of a topic or the name of a signal can't be used, or `undefined`. */
export function nameFault(name: string): string | undefined {
  if (name === '') return 'is empty; write "-" for a level without a name';
  if (name.length > MAX_NAME_LENGTH)
    return `has ${name.length} characters; ${MAX_NAME_LENGTH} are the most a name may have`;
  if (FORBIDDEN.test(name)) return 'has a control character or one of + #; rename it at the source';
  if (UNUSABLE.has(name) || !name.isWellFormed()) return 'is no usable name; rename it at the source';
  return undefined;
}

/** A name as it may stand in a message to a person: short, and without control characters. */
export const quoted = (name: string): string =>
  JSON.stringify(name.length > 60 ? `${name.slice(0, 57)}...` : name);

/** A value as it may stand in a message to a person: short, integers of 64 bits to the last digit. */
export const shown = (value: unknown): string =>
  (typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : (JSON.stringify(value, withBigIntegers) ?? '')
  ).slice(0, 60);

const withBigIntegers = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;
