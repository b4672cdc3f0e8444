import { describe, expect, test } from 'vitest';
import { fraction as fractionOf } from '../../../domain/assess/fraction.ts';
import { JsonShapeError, long, optional, piecesOf, record } from '../../../domain/assess/json/codec.ts';
import {
  bigInteger,
  flag,
  fraction,
  instant,
  number,
  pieces,
  text,
} from '../../../domain/assess/json/scalars.ts';
import type { CanonicalValue } from '../../../domain/canonical.ts';

describe('what is read back is what was written', () => {
  test.each([
    ['a flag', flag, true],
    ['a count beyond 2^53', bigInteger, 9_007_199_254_740_993n],
    ['a count of pieces', pieces, 12],
    ['an instant', instant, Date.UTC(2026, 2, 2, 0, 0, 0, 7)],
    ['a fraction', fraction, fractionOf(5n, 3n)],
    ['a whole number as a fraction', fraction, fractionOf(-4n)],
  ] as const)('%s', (_, codec, value) => {
    const { read, write } = codec as {
      read(json: CanonicalValue): unknown;
      write(value: unknown): CanonicalValue;
    };
    expect(read(write(value))).toEqual(value);
  });

  test('an integer beyond 2^53 is a number too', () => {
    expect(number.read(9_007_199_254_740_993n)).toBe(9_007_199_254_740_992);
  });
});

describe('what is something else is refused, and said', () => {
  const third = { fraction: '1/3', value: 1 / 3 };
  test.each<[string, { read(json: CanonicalValue): unknown }, CanonicalValue, string]>([
    ['a word for a flag', flag, 'yes', 'is "yes", not true or false'],
    ['half a piece', pieces, 1.5, 'is 1.5, not a whole number'],
    ['no text', text, null, 'is null, not a text'],
    ['a number for a time', instant, 5, 'is 5, not a time like 2026-03-02T00:00:00.000Z'],
    ['a day for a time', instant, '2026-03-02', 'is "2026-03-02", not a time'],
    ['a time that is none', instant, 'tomorrow', 'is "tomorrow", not a time'],
    ['no fraction', fraction, { ...third, fraction: 'a third' }, 'is "a third", not a fraction like 5/3'],
    ['a fraction of nothing', fraction, { ...third, fraction: '1/0' }, 'is "1/0", not a fraction like 5/3'],
    ['not in lowest terms', fraction, { ...third, fraction: '2/6' }, 'is "2/6", not 1/3, its lowest terms'],
    ['another value than the fraction', fraction, { ...third, value: 0.3 }, 'is 0.3, not 0.3333333333333333'],
    ['a long text, which is cut', flag, 'x'.repeat(100), `is "${'x'.repeat(59)}…, not true or false`],
  ])('%s', (_, codec, json, message) => {
    expect(() => codec.read(json)).toThrow(JsonShapeError);
    expect(() => codec.read(json)).toThrow(message);
  });
});

test('an absent member leaves no trace in the pieces of a long record', () => {
  const codec = record<{ names: readonly string[]; note?: string | undefined }>({
    names: long(text),
    note: optional(text),
  });
  expect([...piecesOf(codec, { names: ['a', 'b'] })].join('')).toBe('{"names":["a","b"]}');
  expect([...piecesOf(codec, { names: [], note: 'n' })].join('')).toBe('{"names":[],"note":"n"}');
  expect(codec.read({ names: ['a'] })).toEqual({ names: ['a'] });
});
