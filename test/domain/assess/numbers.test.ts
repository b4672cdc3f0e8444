import { describe, expect, test } from 'vitest';
import { fraction } from '../../../domain/assess/fraction.ts';
import { numbersIn } from '../../../domain/assess/numbers.ts';

describe.each(['zh-CN', 'en-GB'])('numbers in %s', (locale) => {
  const numbers = numbersIn(locale, 'points');
  const pieces = locale === 'zh-CN' ? '件/小时' : 'pieces/h';

  test.each([
    [null, '–'],
    [0, '0.0%'],
    [0.0004, '< 0.1%'],
    [0.5834, '58.3%'],
    [0.99951, '> 99.9%'],
    [1, '100.0%'],
    [1.2, '120.0%'],
    [-0.2, '-20.0%'],
  ])('a share of %s is no other one to the eye: %s', (value, text) => {
    expect(numbers.percent(value)).toBe(text);
    expect(numbers.value(value, '1')).toBe(text);
  });

  test('a value has its unit, points their fraction, a difference its sign', () => {
    expect(numbers.value(12.3456, 'pieces/h')).toBe(`12.346 ${pieces}`);
    expect(numbers.value(2, 'constructor')).toBe('2 constructor');
    expect(numbers.points(fraction(5n, 3n))).toBe('1.67 (5/3)');
    expect(numbers.points(fraction(5n))).toBe('5');
    expect(numbers.points(fraction(1500n))).toBe('1,500');
    expect(numbers.points(fraction(1n, 2n))).toBe('0.5 (1/2)');
    expect(numbers.difference(0, 'pieces/h')).toBe(`0 ${pieces}`);
    expect(numbers.difference(0.55, '1')).toBe('+55.0 points');
    expect(numbers.difference(2, 'pieces/h')).toBe(`+2 ${pieces}`);
    expect(numbers.difference(-2, 'pieces/h')).toBe(`-2 ${pieces}`);
    expect(numbers.difference(null, '1')).toBe('–');
    expect(numbers.percentagePoints(0.055)).toBe('5.5 points');
    expect(numbers.value(null, '1')).toBe('–');
    expect(numbers.range(0.2, null, '1')).toBeNull();
    expect(numbers.share(fraction(2999n, 3000n))).toBe('> 99.9%');
  });

  test('bounds are said only where they tell something', () => {
    expect(numbers.range(0.2, 0.9996, '1')).toBe('20.0% ~ > 99.9%');
    expect(numbers.range(0.2, 0.2, '1')).toBeNull();
    expect(numbers.range(null, 0.2, '1')).toBeNull();
  });
});
