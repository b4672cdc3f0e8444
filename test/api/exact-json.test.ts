import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactInteger, parseExactly } from '../../api/wire/exact-json.ts';

test('an integer of any size is written digit by digit', () => {
  fc.assert(
    fc.property(fc.bigInt(), (value) => {
      expect(JSON.stringify({ value: exactInteger(value) })).toBe(`{"value":${value}}`);
    }),
  );
});

test('what was parsed is written again with the same numbers', () => {
  const number = fc.oneof(
    fc.bigInt().map(String),
    fc.constantFrom('1.0', '1e999', '-0', '0.10', '1E5', '12.5'),
  );
  fc.assert(
    fc.property(fc.array(number), (numbers) => {
      const text = `{"numbers":[${numbers.join(',')}]}`;
      expect(JSON.stringify(parseExactly(text))).toBe(text);
    }),
  );
});

test('an ordinary number stays a number', () => {
  expect(parseExactly('[1,-2.5,12345678]')).toEqual([1, -2.5, 12_345_678]);
});
