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
