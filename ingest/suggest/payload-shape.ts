import { isUtf8 } from 'node:buffer';
import { jsonOf, utf8Of } from '../decode/json.ts';
import { lineProtocolReader, type Point } from '../decode/line-protocol.ts';

/** What an example of a payload looks like. */
export type PayloadShape =
  | { readonly kind: 'object'; readonly value: Readonly<Record<string, unknown>> }
  /** Objects in an array, and the pointer to it. */
  | {
      readonly kind: 'array';
      readonly at: string;
      readonly items: readonly Readonly<Record<string, unknown>>[];
      readonly root: unknown;
    }
  | { readonly kind: 'line-protocol'; readonly points: readonly Point[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable' };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const areObjects = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

/** Longest text that is taken for the value of a topic. */
const MAX_TEXT = 256;

export function shapeOfPayload(payload: Uint8Array): PayloadShape {
  if (!isUtf8(payload) || payload.length === 0) return { kind: 'unreadable' };
  const json = jsonOf(payload);
  if (!('code' in json)) {
    const { value } = json;
    if (areObjects(value)) return { kind: 'array', at: '', items: value, root: value };
    if (isObject(value)) {
      const [list, ...others] = Object.entries(value).filter(([, member]) => areObjects(member));
      return list && others.length === 0
        ? { kind: 'array', at: pointer(list[0]), items: list[1] as Record<string, unknown>[], root: value }
        : { kind: 'object', value };
    }
    if (typeof value !== 'object') return { kind: 'text', text: String(value) };
    return { kind: 'unreadable' };
  }
  const text = utf8Of(payload) as string;
  const { points, faults } = lineProtocolReader()(text);
  if (points.length > 0 && faults.length === 0) return { kind: 'line-protocol', points };
  const isWord = text.length <= MAX_TEXT && !/[\n{}[\]]/.test(text.trim());
  return isWord ? { kind: 'text', text } : { kind: 'unreadable' };
}

/** The JSON Pointer of a member (RFC 6901). */
export const pointer = (...names: readonly string[]): string =>
  names.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
