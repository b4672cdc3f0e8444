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

describe('a level at its limits', () => {
  const holding = machineWith({ from: 'level', runningAbove: 12, idleBelow: 8, offBelow: 1, holdMs: 10 });

  test('a threshold itself lies between, and changes nothing', () => {
    const at = (value: number) =>
      statesOf(
        holding,
        factsOf([
          [0, 15],
          [50, value],
        ]),
        100,
      )?.at(-1)?.[1];
    expect([at(12), at(8), at(7.9), at(1), at(0.9)]).toEqual(['running', 'running', 'idle', 'idle', 'off']);
    expect(
      statesOf(
        level,
        factsOf([
          [0, 12],
          [10, 12.1],
        ]),
        20,
      ),
    ).toEqual([[10, 'running']]);
    // Nothing is off where nobody says from which level on.
    expect(statesOf(level, factsOf([[0, 0]]), 20)).toEqual([[0, 'idle']]);
  });

  test('what holds exactly as long as it must holds, a millisecond less does not', () => {
    const values = (back: number) =>
      factsOf([
        [0, 15],
        [50, 5],
        [back, 15],
      ]);
    expect(statesOf(holding, values(60), 100)).toEqual([
      [0, 'running'],
      [50, 'idle'],
      [60, 'running'],
    ]);
    // A run that was too short parts nothing: running goes on, and is said once.
    expect(statesOf(holding, values(59), 100)).toEqual([[0, 'running']]);
    expect(nextDerivedChange(holding, values(60), 69)).toBe(70);
    expect(nextDerivedChange(holding, values(60), 70)).toBeUndefined();
    expect(statesKnownFrom(holding, values(60), { from: -1, until: 100 })).toBe(Number.NEGATIVE_INFINITY);
    expect(statesKnownFrom(holding, values(60), { from: 1, until: 100 })).toBe(0);
    expect(statesKnownFrom(holding, values(60), { from: 1, until: 9 })).toBe(Number.POSITIVE_INFINITY);
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

  test('as far apart as a run may have them are one run, a millisecond more is a pause', () => {
    const apart = (gap: number) =>
      statesOf(
        each,
        factsOf([
          [100, 3],
          [100 + gap, 3],
        ]),
        300,
      );
    expect(apart(10)).toEqual([
      [100, 'running'],
      [110, 'idle'],
    ]);
    expect(apart(11)).toEqual([
      [100, 'idle'],
      [111, 'running'],
      [111, 'idle'],
    ]);
    const known = (gap: number) =>
      statesKnownFrom(
        each,
        factsOf([
          [100, 3],
          [100 + gap, 3],
        ]),
        { from: 101, until: 300 },
      );
    expect([known(10), known(11)]).toEqual([110, 100]);
    expect(nextDerivedChange(each, factsOf([[100, 3]]), 110)).toBe(111);
    expect(nextDerivedChange(each, factsOf([[100, 3]]), 111)).toBeUndefined();
  });

  test('before the first there is none, and nothing to wait for', () => {
    expect(statesOf(each, counts, 50)).toEqual([]);
    expect(nextDerivedChange(each, counts, 50)).toBeUndefined();
    expect(statesKnownFrom(each, counts, { from: 150, until: 50 })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('what decides a state from an instant on', () => {
  const series = (values: readonly (readonly [number, SignalValue])[]) =>
    factsOf(values).series[0] as MachineFacts['series'][0];
  const kept = (machine: Machine, values: readonly (readonly [number, SignalValue])[], from: number) =>
    neededSince(machine, series(values), from).ts;
  const holding = machineWith({ from: 'level', runningAbove: 12, idleBelow: 8, offBelow: 1, holdMs: 10 });

  test('of a level is the run that holds, and one that may come to hold', () => {
    const values = [
      [0, 15],
      [20, 5],
      [25, 15],
      [40, 5],
      [60, 15],
    ] as const;
    expect(kept(holding, values, 62)).toEqual([40, 60]);
    expect(kept(holding, values, 80)).toEqual([60]);
    expect(kept(holding, values, 0)).toEqual([0, 20, 25, 40, 60]);
    expect(nextDerivedChange(holding, factsOf(values), 62)).toBe(70);
    expect(nextDerivedChange(holding, factsOf(values), 80)).toBeUndefined();
  });

  test('of a load between the thresholds also what was switched off before it', () => {
    expect(
      kept(
        holding,
        [
          [0, 0],
          [20, 10],
        ],
        50,
      ),
    ).toEqual([0, 20]);
  });

  test('of a level that never was one is its last word', () => {
    expect(kept(holding, [[0, 'broken']], 50)).toEqual([0]);
  });

  test('of pieces are the last two, with the value before each', () => {
    const machine = machineWith({ from: 'pulses', withinMs: 10, cycleUs: null });
    const values = [
      [0, 1],
      [10, 2],
      [20, 2],
      [30, 3],
      [40, 0],
      [50, 3],
      [60, 3],
    ] as const;
    expect(kept(machine, values, 70)).toEqual([20, 30, 40, 50, 60]);
    expect(kept(machine, [[0, 1]], 70)).toEqual([0]);
  });
});

test('a derived state is said again after a death, unless the machine was said to live before', () => {
  const facts = factsOf([
    [5, 20],
    [30, 20],
    [60, 20],
  ]);
  const died = (values: readonly (readonly [number, SignalValue])[]) => ({
    ...facts,
    series: [...facts.series, { ...factsOf(values).series[0], signal: 'state' }],
  });
  const running = (ts: number) => [ts, 'running'];
  expect(statesOf(level, died([[10, 'unknown']]) as MachineFacts, 100)).toEqual([5, 30].map(running));
  const revived = died([
    [10, 'unknown'],
    [20, 'running'],
    [40, 'unknown'],
    [50, 'unknown'],
  ]);
  expect(statesOf(level, revived as MachineFacts, 100)).toEqual([5, 60].map(running));
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
