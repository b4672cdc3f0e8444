import { describe, expect, test } from 'vitest';
import { isWithinBounds } from '../../../domain/assess/declared/difference.ts';
import { type Subject, subjectOf } from '../../../domain/assess/declared/subject.ts';
import { coverage, withinBounds } from '../../../domain/assess/declared/unknown-time.ts';
import { referenceKey } from '../../../domain/assess/findings/instrument.ts';
import { fractionText } from '../../../domain/assess/fraction.ts';
import type { Measured } from '../../../domain/assess/measure.ts';
import type { DeclaredFigure } from '../../../domain/assess/register.ts';
import { evidenceOf } from './evidence-of.ts';
import { measuredAs } from './example.ts';

const evidence = evidenceOf({
  equipment: {
    E1: { machine: 'm1', is: ['key', 'digital', 'numericallyControlled'] },
    E2: { machine: 'm2', is: ['digital'] },
    E3: { is: ['digital', 'shouldBeNetworked', 'numericallyControlled'] },
    E4: { machine: 'm3', is: ['shouldBeNetworked'] },
  },
  machines: { m1: {}, m2: { heard: 'never' }, m3: {} },
  processes: {
    turning: ['key', 'numericallyControlled'],
    welding: ['key'],
    packing: ['numericallyControlled'],
  },
});

describe('denominators that documents use instead', () => {
  const othersOf = (figure: string) =>
    subjectOf(figure, evidence)?.others.map(({ name, value }) => [name.zh, name.en, fractionText(value)]);

  test('of equipment are its groups, what is connected, and what is digital', () => {
    expect(othersOf('networking-rate')).toEqual([
      ['登记的关键设备', 'registered key equipment', '1'],
      ['登记的应联网设备', 'registered equipment that should be networked', '1/2'],
      ['评估期内有数据的设备', 'machines heard in the period', '1'],
      ['仅已接入平台的设备', 'connected equipment alone', '2/3'],
      ['仅数字化设备', 'digital equipment alone', '1/3'],
    ]);
  });

  test('of processes are all processes, and machines counted in their place', () => {
    expect(othersOf('nc-rate-key-processes')).toEqual([
      ['全部工序', 'all processes', '2/3'],
      ['设备台数（全部登记设备）', 'machines instead of processes, all registered', '1/2'],
      ['设备台数（关键设备）', 'machines instead of processes, key ones', '1'],
    ]);
  });

  test('of a figure of time are groups alone; of what nobody measures there is no subject', () => {
    const names = subjectOf('oee', evidence)?.others.map(({ name }) => name.en) ?? [];
    expect(names).not.toContain('connected equipment alone');
    expect(subjectOf('luck', evidence)).toBeUndefined();
    expect(subjectOf('operating-cost', evidence)).toBeUndefined();
  });

  test('of a benefit that telemetry measures are none, and silence lowers no count of it', () => {
    expect(subjectOf('production-efficiency', evidence)).toMatchObject({
      ...{ unit: 'pieces/h', basis: 'telemetry', counted: false, others: [] },
    });
  });
});

describe('what unknown time could make true', () => {
  const declared = (value: number): DeclaredFigure => ({
    ...{ figure: 'oee', role: 'current', value, unit: '1', date: '2026-04-05', document: '自评报告' },
  });
  const difference = (value: number, measured: Partial<Measured>, counted = false) =>
    ({
      declared: declared(value),
      subject: { unit: '1', counted, measured: measuredAs(measured) } as unknown as Subject,
    }) as Parameters<typeof withinBounds>[0];
  const bounds = (low: number | null, high: number | null) => ({ value: 0.5, low, high });

  test.each([
    [0.4, 0.4, 0.6, true],
    [0.6, 0.4, 0.6, true],
    [0.39, 0.4, 0.6, false],
    [0.61, 0.4, 0.6, false],
    [0.5, null, 0.6, null],
    [0.5, 0.4, null, null],
  ])('%d between %s and %s: %s', (value, low, high, within) => {
    expect(isWithinBounds(difference(value, bounds(low, high)))).toBe(within);
  });

  test('is said with the bounds, where there are any and they tell something', () => {
    expect(withinBounds(difference(0.55, bounds(0.4, 0.6)))).toEqual([
      {
        reason: 'within-bounds',
        detail: {
          zh: '申报值在测量的上下限之内（40 % – 60 %），未知部分可能使其成立',
          en: 'the declared value lies within the bounds of what was measured (40 % – 60 %): what is unknown could make it true',
        },
      },
    ]);
    for (const [low, high] of [
      [null, 0.6],
      [0.4, null],
      [0.55, 0.55],
      [0.6, 0.7],
    ] as const) {
      expect(withinBounds(difference(0.55, bounds(low, high)))).toEqual([]);
    }
  });

  test('time without data is named with its share, unless it could not account for the difference', () => {
    const said = (of: Partial<Measured>, counted?: boolean) =>
      coverage(difference(0.55, { ...bounds(null, null), ...of }, counted)).map(({ detail }) => detail);
    expect(said({ coverage: 0.75 })).toEqual([
      {
        zh: '计划负荷时间中有 25 % 没有数据',
        en: 'there is no data for 25 % of the planned busy time',
      },
    ]);
    expect(said({ coverage: 0.25, notAssessable: true })).toEqual([
      {
        zh: '计划负荷时间中有 75 % 没有数据，覆盖率低于评价下限',
        en: 'there is no data for 75 % of the planned busy time, too much to judge by',
      },
    ]);
    expect(said({ coverage: 1 })).toEqual([]);
    expect(said({ coverage: null })).toEqual([]);
    expect(said({ coverage: 0.75 }, true)).toEqual([]);
    expect(said({ coverage: 0.75, low: 0.1, high: 0.2 })).toEqual([]);
    expect(said({ coverage: 0.75, low: 0.5, high: 0.6 })).toHaveLength(1);
  });
});

test('a reference has one key however its flags are listed, and another asks for something else', () => {
  const register = (where: readonly ('key' | 'digital')[], of: readonly ('key' | 'digital')[]) =>
    referenceKey({ register: { count: 'equipment', where, of } });
  expect(register(['key', 'digital'], [])).toBe(register(['digital', 'key'], []));
  expect(register([], ['key', 'digital'])).toBe(register([], ['digital', 'key']));
  const keys = [
    register(['key'], []),
    register(['digital'], []),
    register([], ['key']),
    register(['key'], ['digital']),
    referenceKey({ register: { count: 'processes', where: ['key'], of: [] } }),
    referenceKey({ measure: 'oee', group: 'key', window: 'period' }),
    referenceKey({ measure: 'oee', group: 'key', window: { lastDays: 30 } }),
    referenceKey({ measure: 'oee', group: 'heard', window: { lastDays: 30 } }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});
