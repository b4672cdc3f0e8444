import { expect, test } from 'vitest';
import { countersAt, MACHINE_DEFAULTS, machineAt, type Plant, stateSourceAt } from '../../domain/plant.ts';
import type { ValueRule } from '../../domain/values/rule.ts';

const PATH = 'acme/zhoushan/moulding/line1/imm-01';

test('a machine tells its state as the scope with the most levels says, and of equal ones the first', () => {
  const source = (scope: string, stateSignal: string) => ({
    scope,
    state: { stateSignal, vocabulary: 'packml' },
  });
  const signalAt = (...states: readonly ReturnType<typeof source>[]) =>
    stateSourceAt(states, PATH).stateSignal;
  expect(signalAt()).toBe('state');
  expect(stateSourceAt(undefined, PATH)).toEqual({ stateSignal: 'state', vocabulary: 'kaidong' });
  expect(signalAt(source('acme/ningbo', 'a'))).toBe('state');
  expect(signalAt(source('acme/zhoushan', 'a'), source('*/*/*', 'b'), source('acme', 'c'))).toBe('b');
  expect(signalAt(source('acme/zhoushan', 'a'), source('acme/*', 'b'))).toBe('a');
  expect(signalAt(source('acme/*', 'b'), source('acme/zhoushan', 'a'))).toBe('b');
});

const rule = (scope: string, signal: string, counter?: ValueRule['counter']): ValueRule => ({
  ...{ scope, signal, outOfRange: 'flag', onJump: 'flag' },
  ...(counter && { counter }),
});

test('a counter behaves as the narrowest rule that speaks of it says; what only has a unit says nothing', () => {
  const signals = [
    rule('acme', 'count', { kind: 'delta' }),
    rule('acme/zhoushan', 'count'),
    rule('acme', 'reject'),
    rule('acme/ningbo', 'rework', { kind: 'pulse' }),
    rule('acme', 'temperature', { kind: 'edge' }),
  ];
  expect(countersAt(signals, PATH)).toEqual({ count: { kind: 'delta' } });
  expect(Object.keys(countersAt(signals, PATH))).toEqual(['count']);
  expect(countersAt(undefined, PATH)).toEqual({});
});

test('a machine that is not declared has the defaults, and what its scope says', () => {
  const declared = { ...MACHINE_DEFAULTS, path: PATH, declared: true, minorStopMs: 5 };
  const plant: Plant = { sites: [], machines: [declared] };
  expect(machineAt(plant, PATH)).toBe(declared);
  const path = 'acme/zhoushan/moulding/line1/imm-02';
  expect(machineAt(plant, path)).toEqual({ ...MACHINE_DEFAULTS, path, declared: false });
  const ruled: Plant = {
    ...plant,
    states: [{ scope: 'acme', state: { stateSignal: 'pexecution', vocabulary: 'mtconnect' } }],
    signals: [rule('acme', 'count', { kind: 'delta' })],
  };
  expect(machineAt(ruled, path)).toEqual({
    ...{ ...MACHINE_DEFAULTS, path, declared: false, stateSignal: 'pexecution', vocabulary: 'mtconnect' },
    counters: { count: { kind: 'delta' } },
  });
});
