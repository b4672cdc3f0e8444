import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type CanonicalValue, canonical, parseCanonical } from '../../domain/canonical.ts';

test('agrees with the published implementation on whatever JSON can hold', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonical(value as CanonicalValue)).toBe(canonicalize(value));
    }),
    { numRuns: 1000 },
  );
});

test('numbers as ECMAScript writes them', () => {
  // RFC 8785, appendix B.
  const vectors: [number, string][] = [
    [-0, '0'],
    [5e-324, '5e-324'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [1e23, '1e+23'],
    [0.000001, '0.000001'],
    [333333333.3333333, '333333333.3333333'],
  ];
  for (const [value, text] of vectors) expect(canonical(value)).toBe(text);
});

test('keys by UTF-16 code units', () => {
  // RFC 8785, section 3.2.3.
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
  const sorted = JSON.parse(canonical(Object.fromEntries(keys.map((key) => [key, 0]))));
  expect(Object.keys(sorted)).toEqual(['1', '\r', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33']);
});

test('a BigInt is an integer literal, exact', () => {
  expect(canonical({ count: 9_223_372_036_854_775_807n })).toBe('{"count":9223372036854775807}');
});

test('absent members are left out', () => {
  expect(canonical({ b: undefined, a: [null, true] })).toBe('{"a":[null,true]}');
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is refused', (value) => {
  expect(() => canonical([value])).toThrow(RangeError);
});

test('a number beyond every double is refused, since nothing could write it again', () => {
  expect(() => parseCanonical('{"value":1e999}')).toThrow(
    new SyntaxError('1e999 is beyond what a number can hold'),
  );
});

test('reads back what it wrote, integers of any size exact', () => {
  // 295147905179352830000 is how ECMAScript spells a double whose value is another.
  const written =
    '{"double":0.1,"digits":295147905179352830000,"large":9007199254740993,"small":-9007199254740991}';
  const value = parseCanonical(written);
  expect(value).toEqual({
    double: 0.1,
    digits: 295147905179352830000n,
    large: 9007199254740993n,
    small: -9007199254740991,
  });
  expect(JSON.parse(canonical(value))).toEqual(JSON.parse(written));
  expect(parseCanonical('1e21')).toBe(1e21);
  expect(() => parseCanonical('{')).toThrow(SyntaxError);
});

test('what JSON holds comes back the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonical(value as CanonicalValue);
      expect(canonical(parseCanonical(text))).toBe(text);
    }),
  );
});

test('where the reader of JSON does not tell how a number is spelt, it is the double', async () => {
  const own = JSON.parse;
  JSON.parse = ((text: string, reviver?: (this: unknown, key: string, value: unknown) => unknown) =>
    own(text, reviver && ((key, value) => reviver.call(undefined, key, value)))) as typeof JSON.parse;
  try {
    vi.resetModules();
    const { canonical: again, parseCanonical: parseOld } = await import('../../domain/canonical.ts');
    expect(again([[1], { a: [] }])).toBe('[[1],{"a":[]}]');
    expect(parseOld('[1.5,9007199254740993]')).toEqual([1.5, 9_007_199_254_740_992]);
    expect(() => parseOld('1e999')).toThrow('a number is beyond what a number can hold');
  } finally {
    JSON.parse = own;
    vi.resetModules();
  }
});
