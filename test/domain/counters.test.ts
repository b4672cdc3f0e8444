import { expect, test } from 'vitest';
import { increments } from '../../domain/counters.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { CounterKind } from '../../domain/plant.ts';

const grown = (...values: SignalValue[]): readonly number[] =>
  increments({ signal: 'count', ts: values.map((_, index) => index * 1000), values }).pieces;

test('a machine without the counter made nothing that is known', () => {
  expect(increments(undefined)).toEqual({ at: [], since: [], pieces: [], flags: [] });
});

test('the first value ever is a baseline; equal values leave no trace', () => {
  expect(grown(40)).toEqual([]);
  expect(grown(40, 40, 41, 41, 43)).toEqual([1, 2]);
});

test('Int64 counts are exact beyond 2^53, also beside doubles', () => {
  expect(grown(2n ** 53n + 1n, 2n ** 53n + 2n)).toEqual([1]);
  expect(grown(2 ** 53 - 1, 2n ** 53n + 2n)).toEqual([3]);
  expect(grown(7n, 9)).toEqual([2]);
  expect(grown(2n ** 53n + 2n, 5n)).toEqual([5]);
});

test('fractions are cut off the reading, so that none gets lost in the sum', () => {
  expect(grown(0.5, 1.4, 1.9, 2.8)).toEqual([1, 1]);
});

test('other kinds of counters: pieces since, a piece each, a piece where it rises', () => {
  const told = (kind: CounterKind, ...values: SignalValue[]) => {
    const ts = values.map((_, index) => index * 1000);
    const { at, since, pieces } = increments({ signal: 'count', ts, values }, { kind });
    return at.map((instant, place) => [instant / 1000, (since[place] as number) / 1000, pieces[place]]);
  };
  expect(told('delta', 3, 0, 2, 2n)).toEqual([
    [0, 0, 3],
    [2, 1, 2],
    [3, 2, 2],
  ]);
  expect(told('pulse', 1, 1, 0, 7, true)).toEqual([
    [0, 0, 1],
    [1, 1, 1],
    [3, 3, 1],
    [4, 4, 1],
  ]);
  expect(told('edge', true, true, false, true, 0, 3, 4)).toEqual([
    [3, 3, 1],
    [5, 5, 1],
  ]);
  expect(increments({ signal: 'count', ts: [0, 1], values: [-1, 'x'] }, { kind: 'delta' }).flags).toEqual([
    'counter-implausible',
    'counter-implausible',
  ]);
  const many = { signal: 'count', ts: [0, 1000, 2000], values: [900, 5, 1] };
  expect(increments(many, { kind: 'delta', maxPerHour: 3600 }).flags).toEqual([
    undefined,
    'counter-implausible',
    undefined,
  ]);
});

test('what is no count adds nothing and is flagged', () => {
  const { pieces, flags } = increments({
    signal: 'count',
    ts: [0, 1, 2, 3, 4],
    values: [10, -3n, false, ' ', 12],
  });
  expect(pieces).toEqual([0, 0, 0, 2]);
  expect(flags).toEqual(['counter-implausible', 'counter-implausible', 'counter-implausible', undefined]);
});

test('more than a double counts exactly is no growth, and sums stay finite', () => {
  const { pieces, flags } = increments({
    signal: 'count',
    ts: [0, 1, 2, 3, 4],
    values: [0, 1.7e308, 5, 2n ** 62n, 7],
  });
  expect(pieces).toEqual([0, 5, 0, 7]);
  expect(flags).toEqual(['counter-implausible', 'counter-reset', 'counter-implausible', 'counter-reset']);
});

test('an increment knows both its instants', () => {
  const { at, since } = increments({ signal: 'count', ts: [10, 20, 35], values: [1, 2, 4] });
  expect([since, at]).toEqual([
    [10, 20],
    [20, 35],
  ]);
});
