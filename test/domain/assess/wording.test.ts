import { describe, expect, test } from 'vitest';
import type { Held } from '../../../domain/assess/findings/conditions.ts';
import { fraction } from '../../../domain/assess/fraction.ts';
import {
  arrow,
  heldText,
  instrumentText,
  limitText,
  pointsText,
  shareText,
} from '../../../domain/assess/wording.ts';
import { flagsText, valueText } from '../../../domain/assess/words.ts';
import { measuredAs } from './example.ts';

const instrument = (measured: Parameters<typeof measuredAs>[0], unit = '1'): Held['instrument'] => ({
  name: { zh: '开动率', en: 'Utilisation' },
  unit,
  max: 1,
  measured: measuredAs(measured),
});
const held = (measured: Parameters<typeof measuredAs>[0], limit: { atLeast?: number; atMost?: number }) =>
  heldText({
    instrument: instrument(measured),
    condition: {
      what: { measure: 'utilisation', group: 'registered', window: 'period' },
      atLeast: limit.atLeast ?? null,
      atMost: limit.atMost ?? null,
      source: { text: '', verification: 'proposed' },
    },
  });

test('a value that is missing is held against nothing', () => {
  const condition = {
    what: { measure: 'utilisation', group: 'registered', window: 'period' } as const,
    ...{ atLeast: 3, atMost: null, source: { text: '', verification: 'proposed' as const } },
  };
  expect(heldText({ instrument: instrument(null, 'pieces/h'), condition })).toEqual({
    zh: '开动率无数值，要求不低于 3 件/小时',
    en: 'Utilisation has no value; 3 pieces/h or more is asked for',
  });
});

describe('what an instrument shows', () => {
  test('is a value, with its bounds where they tell something', () => {
    expect(instrumentText(instrument(0.5))).toEqual({ zh: '开动率 50 %', en: 'Utilisation 50 %' });
    expect(instrumentText(instrument({ value: 0.5, low: 0.4, high: 0.7 }))).toEqual({
      zh: '开动率 50 %（40 % 至 70 %）',
      en: 'Utilisation 50 % (40 % to 70 %)',
    });
    expect(instrumentText(instrument({ value: 0.5, low: 0.4, high: null })).en).toBe('Utilisation 50 %');
    expect(instrumentText(instrument({ value: 0.5, low: null, high: 0.7 })).en).toBe('Utilisation 50 %');
  });

  test('or why there is none', () => {
    expect(instrumentText(instrument({ value: null, flags: ['no-pieces', 'a-flag-of-tomorrow'] }))).toEqual({
      zh: '开动率无数值（没有产出；a-flag-of-tomorrow）',
      en: 'Utilisation has no value (nothing was produced; a-flag-of-tomorrow)',
    });
    expect(instrumentText(instrument(null))).toEqual({ zh: '开动率无数值', en: 'Utilisation has no value' });
  });

  test('or that too little is known', () => {
    expect(instrumentText(instrument({ value: 0.5, notAssessable: true, coverage: 0.25 }))).toEqual({
      zh: '开动率 50 %，数据覆盖率 25 %不足，不予评价',
      en: 'Utilisation 50 %, of which too little is known to judge by: data coverage 25 %',
    });
    expect(instrumentText(instrument({ value: 0.5, notAssessable: true })).zh).toBe(
      '开动率 50 %，数据覆盖率不足，不予评价',
    );
  });
});

describe('a condition with what was found', () => {
  test('names both', () => {
    expect(held(0.5, { atLeast: 0.6 })).toEqual({
      zh: '开动率 50 %，要求不低于 60 %',
      en: 'Utilisation 50 %; 60 % or more is asked for',
    });
    expect(held(0.5, { atMost: 0.4 })).toEqual({
      zh: '开动率 50 %，要求不高于 40 %',
      en: 'Utilisation 50 %; 40 % or less is asked for',
    });
  });

  test('writes a value out that reads like its limit and is another', () => {
    expect(held(0.59996, { atLeast: 0.6 })).toEqual({
      zh: '开动率 60 %（即 0.59996），要求不低于 60 %',
      en: 'Utilisation 60 % (exactly 0.59996); 60 % or more is asked for',
    });
    expect(held(0.6, { atLeast: 0.6 }).en).toBe('Utilisation 60 %; 60 % or more is asked for');
    expect(held(null, { atLeast: 0.6 }).en).toBe('Utilisation has no value; 60 % or more is asked for');
  });
});

test('numbers have their units, one point is no points', () => {
  expect(valueText(0.5, '1')).toEqual({ zh: '50 %', en: '50 %' });
  expect(valueText(12.34567, 'pieces/h')).toEqual({ zh: '12.346 件/小时', en: '12.346 pieces/h' });
  expect(limitText({ atLeast: null, atMost: 3 }, 'kWh')).toEqual({
    zh: '要求不高于 3 kWh',
    en: '3 kWh or less is asked for',
  });
  expect([fraction(1n), fraction(5n, 3n)].map((points) => pointsText(points).en)).toEqual([
    '1 point',
    '5/3 points',
  ]);
  expect(shareText(fraction(2n, 3n))).toBe('0.6667');
  expect(flagsText([])).toEqual({ zh: '', en: '' });
});

test('an arrow stands only between what reads differently, in each language by itself', () => {
  expect(arrow({ zh: '甲', en: 'a' }, { zh: '乙', en: 'b' })).toEqual({ zh: '甲 → 乙', en: 'a → b' });
  expect(arrow({ zh: '甲', en: 'a' }, { zh: '甲', en: 'b' })).toEqual({ zh: '甲', en: 'a → b' });
  expect(arrow({ zh: '甲', en: 'a' }, { zh: '乙', en: 'a' })).toEqual({ zh: '甲 → 乙', en: 'a' });
});
