import { describe, expect, test } from 'vitest';
import { INDUSTRY_NAMES } from '../../domain/assess/register-names.ts';
import { numberIn } from '../../exchange/kinds/number.ts';
import { word } from '../../exchange/kinds/word.ts';

describe('a written number', () => {
  test.each([
    ['0.95', 0.95],
    ['95%', 0.95],
    ['33.3 %', 0.333],
    ['0.1%', 0.001],
    ['.5', 0.5],
    ['-12', -12],
    ['+3', 3],
    ['1,234,567.25', 1234567.25],
    ['1.5e3', 1500],
    ['１２．５％', 0.125],
    ['7', 7],
  ])('%s is %d, to the last digit', (written, value) => expect(numberIn(written)).toBe(value));

  test.each([
    '',
    '%',
    '.',
    '1,23',
    '12,34,567',
    '1.2.3',
    '九成',
    '0x10',
    'Infinity',
    'NaN',
    '1e999',
    '5 台',
    '--1',
  ])('"%s" is none', (written) => expect(numberIn(written)).toBeUndefined());
});

test('a word of a closed list is understood in Chinese, English and as its id, and written in Chinese', () => {
  const kind = word(INDUSTRY_NAMES);
  for (const written of ['海洋养殖', ' 海洋养殖 ', 'Ocean farming', 'ocean-farming', 'OCEAN_FARMING']) {
    expect(kind.read(written, { dayOffset: 0 })).toEqual({ value: 'ocean-farming' });
  }
  expect(kind.write('ocean-farming')).toBe('海洋养殖');
});
