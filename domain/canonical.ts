/** What canonical JSON can hold; a BigInt becomes an integer literal. Members that are `undefined` are left out. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

/**
 * JSON with one spelling for one content: RFC 8785 (keys by UTF-16 code units, ECMAScript numbers, no white space).
 * Throws a RangeError on a number that is not finite, which JSON can't carry.
 */
export function canonical(value: CanonicalValue): string {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError(`canonical JSON can't carry ${value}`);
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      return isList(value) ? `[${value.map(canonical).join(',')}]` : members(value);
    default:
      return JSON.stringify(value);
  }
}

const isList = (value: object): value is readonly CanonicalValue[] => Array.isArray(value);

function members(object: { readonly [key: string]: CanonicalValue | undefined }): string {
  const parts: string[] = [];
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value !== undefined) parts.push(`${JSON.stringify(key)}:${canonical(value)}`);
  }
  return `{${parts.join(',')}}`;
}

const INTEGER = /^-?\d+$/;

/** `JSON.parse` gives the reviver each number's own spelling (ECMA-262, JSON.parse source text access); older browsers don't. */
const parse = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: { readonly source?: string } | undefined) => unknown,
) => unknown;

/**
 * Reads JSON without loss: an integer beyond ±(2^53 − 1) comes as a BigInt, every other number as the double that it
 * spells. Throws a SyntaxError where the text is no JSON, or a number in it is beyond every double.
 */
export function parseCanonical(text: string): CanonicalValue {
  return parse(text, (_key, value, context) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
    const source = context?.source;
    if (!Number.isFinite(value))
      throw new SyntaxError(`${source ?? 'a number'} is beyond what a number can hold`);
    return source !== undefined && INTEGER.test(source) ? BigInt(source) : value;
  }) as CanonicalValue;
}
