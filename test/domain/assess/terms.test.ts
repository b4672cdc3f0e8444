import { describe, expect, test } from 'vitest';
import {
  decimalFraction,
  fraction,
  fractionDistance,
  fractionText,
} from '../../../domain/assess/fraction.ts';
import { measureOf } from '../../../domain/assess/measure-of.ts';
import { isEnergySignal } from '../../../domain/assess/measures/energy-reported-rate.ts';
import type { RegisterRatio } from '../../../domain/assess/rubric.ts';
import { termsOf } from '../../../domain/assess/terms.ts';
import { percent } from '../../../domain/assess/words.ts';
import { evidenceOf } from './evidence-of.ts';

const PERIOD = 'period' as const;

describe('what stands beside a figure', () => {
  test('names the group in the denominator', () => {
    const over = (group: 'registered' | 'key') =>
      termsOf({ measure: 'networking-rate', group, window: PERIOD }).denominator;
    expect(over('registered')).toEqual({
      zh: '全部登记设备的台数（含静默和未接入的设备）',
      en: 'number of pieces of equipment, silent and unconnected ones included, of all registered equipment',
    });
    expect(over('key').zh).toBe('登记的关键设备的台数（含静默和未接入的设备）');
  });

  test('has machines of the plant for a figure of time, and processes whatever the group', () => {
    expect(termsOf({ measure: 'oee', group: 'registered', window: PERIOD }).denominator.zh).toBe(
      '本厂全部设备的计划负荷时间（PBT，扣除未知时间）',
    );
    expect(termsOf({ measure: 'nc-rate-key-processes', group: 'heard', window: PERIOD }).denominator).toEqual(
      {
        zh: '关键工序总数',
        en: 'number of key processes',
      },
    );
  });

  test('tells how well its source is verified', () => {
    const { source } = termsOf({ measure: 'networking-rate', group: 'key', window: PERIOD });
    expect(source).toMatchObject({ verification: 'proposed' });
    expect(source.text).toContain('networkedShare');
  });

  test('puts a count of the register into words', () => {
    const register: RegisterRatio = { count: 'equipment', where: ['numericallyControlled'], of: ['key'] };
    expect(termsOf({ register })).toMatchObject({
      title: { zh: '关键、已数控化设备占比', en: 'Share of key and numerically controlled equipment' },
      denominator: { zh: '关键设备总数', en: 'number of key equipment' },
      unit: '1',
      max: 1,
      basis: 'register',
    });
  });

  test('of all equipment needs no flag, and one that is asked for on both sides is said once', () => {
    const all = termsOf({ register: { count: 'equipment', where: ['digital'], of: [] } });
    expect(all).toEqual({
      title: { zh: '数字化设备占比', en: 'Share of digital equipment' },
      definition: {
        zh: '数字化设备数占设备总数的比例；取自台账。',
        en: 'digital equipment as a share of: equipment; from the register.',
      },
      denominator: { zh: '设备总数', en: 'number of equipment' },
      ...{ unit: '1', max: 1, trend: 'higher-is-better', basis: 'register' },
      source: { text: 'Our own count of the register.', verification: 'proposed' },
    });
    const both: RegisterRatio = { count: 'processes', where: ['key', 'numericallyControlled'], of: ['key'] };
    expect(termsOf({ register: both }).title).toEqual({
      zh: '关键、已数控化工序占比',
      en: 'Share of key and numerically controlled processes',
    });
  });
});

describe('references that a rubric check refuses', () => {
  const evidence = evidenceOf({});

  test('an unknown measure names the known', () => {
    expect(() => measureOf({ measure: 'luck', group: 'key', window: PERIOD }, evidence)).toThrow(
      /there is no measure "luck"; known are: networking-rate, /,
    );
  });

  test('a flag that processes lack names theirs', () => {
    const register: RegisterRatio = { count: 'processes', where: ['digital'], of: [] };
    expect(() => measureOf({ register }, evidence)).toThrow(
      'there is no flag "digital"; known are: key, numericallyControlled',
    );
  });
});

test.each([
  ['power', true],
  ['active-power', true],
  ['spindlePower', true],
  ['totalKWh', true],
  ['energy_kwh', true],
  ['主轴功率', true],
  ['日用电量', true],
  ['powerOn', false],
  ['power_state', false],
  ['horsepower', false],
  ['count', false],
])('the signal %s is one of energy: %s', (name, is) => {
  expect(isEnergySignal(name)).toBe(is);
});

describe('decimals as fractions', () => {
  test.each([
    [0.9, '9/10'],
    [-0.125, '-1/8'],
    [0.1 + 0.2, '7500000000000001/25000000000000000'],
    [1e-7, '1/10000000'],
    [1.5e21, '1500000000000000000000'],
    [-2.5e-7, '-1/4000000'],
    [1e21, '1000000000000000000000'],
    [12, '12'],
    [0, '0'],
    [-0, '0'],
  ])('%d is %s', (value, text) => {
    expect(fractionText(decimalFraction(value))).toBe(text);
  });

  test('what is no number is refused', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => decimalFraction(value)).toThrow(`${value} is no number to calculate with`);
    }
  });

  test('a distance is never negative', () => {
    expect(fractionText(fractionDistance(fraction(1n, 3n), fraction(1n, 2n)))).toBe('1/6');
    expect(fractionText(fractionDistance(fraction(1n, 2n), fraction(1n, 3n)))).toBe('1/6');
  });
});

test.each([
  [0.9376, '93.8 %'],
  [0, '0 %'],
  [0.0002, '< 0.1 %'],
  [0.9998, '> 99.9 %'],
  [1, '100 %'],
  [1.25, '125 %'],
  [null, '–'],
])('the share %d reads %s', (share, text) => {
  expect(percent(share)).toBe(text);
});
