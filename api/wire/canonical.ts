import type { CanonicalValue } from '../../domain/canonical.ts';
import { exactInteger } from './exact-json.ts';

/** A document of the domain as a part of an answer: `T` is what its schema in this folder describes. */
export const wireOf = <T>(document: CanonicalValue): T => plain(document) as T;

/** With integers of any size as `JSON.stringify` can write them. */
function plain(value: CanonicalValue): unknown {
  if (typeof value === 'bigint') return exactInteger(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, part === undefined ? undefined : plain(part)]),
  );
}
