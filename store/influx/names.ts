import type { SignalType } from '../../domain/observation.ts';
import { LEVELS } from '../../domain/path.ts';

/** Written on every line, whatever signals it carries, so that silence is found from one field alone. */
export const HEARD = 'heard__h';

/** Text signals that keep their bare name in the `signals` measurement. */
const BARE_TEXT: ReadonlySet<string> = new Set(['state', 'reason', 'order', 'product']);

/** Names that InfluxDB or our own tags have taken; a double of that name carries a suffix. */
const TAKEN: ReadonlySet<string> = new Set([
  ...LEVELS,
  ...BARE_TEXT,
  ...['time', '_time', '_field', '_measurement', '_value', '_start', '_stop'],
]);

const SUFFIXED = /__[ibsdh]$/;
const TYPE_BY_SUFFIX: Readonly<Record<string, SignalType>> = {
  __i: 'int64',
  __b: 'boolean',
  __s: 'text',
  __d: 'double',
};

// U+241B (symbol for escape) leads four hex digits. Line protocol has no way to write a backslash before a separator or a
// line break in a name, and UTF-8 none for half a surrogate pair; a sign that no plant uses keeps every other name readable.
const UNWRITABLE = /[\\\u241b]|\p{Control}|\p{Surrogate}/gu;
const escapeUnit = (unit: string): string => `\u241b${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A level or signal name as tag value or field key: the name itself but for signs that can't be written. */
export const encodeName = (name: string): string => name.replace(UNWRITABLE, escapeUnit);

/** Undoes {@link encodeName}. */
export const decodeName = (encoded: string): string =>
  encoded.includes('\u241b')
    ? encoded.replace(/\u241b([0-9a-f]{4})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : encoded;

/**
 * The field that holds a signal of a type: doubles bare, `x__i`, `x__b`, `x__s`, and `state`, `reason`, `order`, `product`
 * bare as text. A double whose name would be read as one of these gets `__d`, so that no two signals share a field.
 */
export function fieldOf(signal: string, type: SignalType): string {
  switch (type) {
    case 'int64':
      return `${encodeName(signal)}__i`;
    case 'boolean':
      return `${encodeName(signal)}__b`;
    case 'text':
      return BARE_TEXT.has(signal) ? signal : `${encodeName(signal)}__s`;
    case 'double':
      return TAKEN.has(signal) || SUFFIXED.test(signal) ? `${encodeName(signal)}__d` : encodeName(signal);
  }
}

/** The signal and type that a field holds; `undefined` for the heard mark. */
export function signalOf(field: string): { readonly signal: string; readonly type: SignalType } | undefined {
  if (field === HEARD) return undefined;
  if (BARE_TEXT.has(field)) return { signal: field, type: 'text' };
  const type = TYPE_BY_SUFFIX[field.slice(-3)];
  return type === undefined
    ? { signal: decodeName(field), type: 'double' }
    : { signal: decodeName(field.slice(0, -3)), type };
}

/** The fields that may hold a signal, one for each type. */
export const fieldsOf = (signal: string): readonly string[] =>
  (['double', 'int64', 'boolean', 'text'] as const).map((type) => fieldOf(signal, type));
