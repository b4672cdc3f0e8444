import { describe, expect, test } from 'vitest';
import {
  compareFractions,
  fraction,
  fractionText,
  minus,
  over,
  parseFraction,
  plus,
  times,
  total,
  ZERO,
} from '../../../domain/assess/fraction.ts';

describe('fractions', () => {
  test('are in lowest terms with the sign above', () => {
    expect(fraction(4n, -6n)).toEqual({ numerator: -2n, denominator: 3n });
    expect(fraction(-4n, -6n)).toEqual({ numerator: 2n, denominator: 3n });
    expect(fraction(0n, -5n)).toEqual(ZERO);
  });

  test('have no zero below', () => {
    expect(() => fraction(1n, 0n)).toThrow('a fraction has no zero denominator');
    expect(() => over(fraction(1n), ZERO)).toThrow(RangeError);
  });

  test.each([
    ['5', '5'],
    ['-2', '-2'],
    ['1.25', '5/4'],
    ['-0.5', '-1/2'],
    ['10/6', '5/3'],
    ['-3/9', '-1/3'],
    ['5/12', '5/12'],
  ])('%s is %s', (text, wanted) => {
    const value = parseFraction(text);
    expect(value && fractionText(value)).toBe(wanted);
  });

  test.each(['', 'a', '1/0', '1.', '.5', '1/2/3', '1e3', '1/-2', '1234567890123456'])(
    '"%s" is none',
    (text) => {
      expect(parseFraction(text)).toBeUndefined();
    },
  );

  test('are calculated with exactly', () => {
    const [a, b] = [fraction(1n, 3n), fraction(-1n, 6n)];
    expect(plus(a, b)).toEqual(fraction(1n, 6n));
    expect(minus(a, b)).toEqual(fraction(1n, 2n));
    expect(times(a, b)).toEqual(fraction(-1n, 18n));
    expect(over(a, b)).toEqual(fraction(-2n));
    expect(total([a, a, a])).toEqual(fraction(1n));
    expect([compareFractions(a, b), compareFractions(b, a), compareFractions(a, fraction(2n, 6n))]).toEqual([
      1, -1, 0,
    ]);
  });
});
