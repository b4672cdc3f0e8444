import { describe, expect, test } from 'vitest';
import { levelOf } from '../../domain/derived/level.ts';
import type { DerivedRule } from '../../domain/derived/rule.ts';
import {
  derivedSeries,
  neededSince,
  nextDerivedChange,
  statesKnownFrom,
} from '../../domain/derived/states.ts';
import type { MachineFacts } from '../../domain/facts.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';

const machineWith = (derive: DerivedRule | undefined): Machine => ({
  path: 'acme/zs/a/l/m1',
  declared: true,
  ...MACHINE_DEFAULTS,
  stateSignal: 'x',
  ...(derive && { derive }),
});
const factsOf = (values: readonly (readonly [number, SignalValue])[]): MachineFacts => ({
  machine: 'acme/zs/a/l/m1',
  series: [{ signal: 'x', ts: values.map(([ts]) => ts), values: values.map(([, value]) => value) }],
  silences: [],
});
const statesOf = (machine: Machine, facts: MachineFacts, until: number) => {
  const series = derivedSeries(machine, facts, until);
  return series?.ts.map((at, index) => [at, series.values[index]]);
};

const level = machineWith({ from: 'level', runningAbove: 12, idleBelow: 8, holdMs: 0 });

describe('a level', () => {
  test.each<[SignalValue, number | undefined]>([
    ['12.5', 12.5],
    [' 7 ', 7],
    ['', undefined],
    ['  ', undefined],
    ['warm', undefined],
    [true, 1],
    [12n, 12],
    [Number.NaN, undefined],
  ])('%s is %s', (value, wanted) => {
    expect(levelOf(value)).toBe(wanted);
  });

  test('what is no level changes nothing', () => {
    const facts = factsOf([
      [10, 15],
      [20, 'broken'],
      [30, ''],
      [40, '5'],
    ]);
    expect(statesOf(level, facts, 100)).toEqual([
      [10, 'running'],
      [40, 'idle'],
    ]);
  });
});

describe('pieces', () => {
  const every = machineWith({ from: 'pulses', withinMs: 10, cycleUs: null });
  const each = machineWith({ from: 'pulses', withinMs: 10, cycleUs: null, kind: 'delta' });
  const counts = factsOf([
    [100, 3],
    [105, 3],
    [140, 3],
  ]);

  test('are read as the rule says, else as the counter', () => {
    expect(statesOf(each, counts, 200)).toEqual([
      [100, 'running'],
      [105, 'idle'],
      [140, 'running'],
      [140, 'idle'],
    ]);
    expect(statesOf(every, counts, 200)).toEqual([[100, 'idle']]);
  });

  test('what comes later than is known is not looked at', () => {
    expect(statesOf(each, counts, 120)).toEqual([
      [100, 'running'],
      [105, 'idle'],
    ]);
    expect(nextDerivedChange(each, counts, 106)).toBe(116);
    expect(nextDerivedChange(each, counts, 120)).toBeUndefined();
  });

  test('before the first there is none, and nothing to wait for', () => {
    expect(statesOf(each, counts, 50)).toEqual([]);
    expect(nextDerivedChange(each, counts, 50)).toBeUndefined();
    expect(statesKnownFrom(each, counts, { from: 150, until: 50 })).toBe(Number.POSITIVE_INFINITY);
  });
});

test('a machine that tells its states has none derived', () => {
  const machine = machineWith(undefined);
  const facts = factsOf([
    [10, 'running'],
    [20, 'idle'],
  ]);
  expect(derivedSeries(machine, facts, 100)).toBeUndefined();
  expect(nextDerivedChange(machine, facts, 100)).toBeUndefined();
  expect(statesKnownFrom(machine, facts, { from: 15, until: 100 })).toBe(Number.NEGATIVE_INFINITY);
  expect(neededSince(machine, facts.series[0] as MachineFacts['series'][0], 30)).toMatchObject({
    ts: [20],
    values: ['idle'],
  });
});
