import { expect, test } from 'vitest';
import { countsSince, increments, isReading } from '../../domain/counters.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { CounterKind, CounterRule } from '../../domain/plant.ts';

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

test('a count is the same count as an Int64, as a double and as text', () => {
  expect(grown(7, 7n, '7', ' 8 ', 9n)).toEqual([1, 1]);
  expect(grown(0n, 3n)).toEqual([3]);
  expect(grown(2 ** 53 - 1, 2n ** 53n - 1n)).toEqual([]);
});

test('text without a number, no finite number and a flag are no counts; a flag is one where it tells a piece', () => {
  for (const none of ['', ' ', 'x', Number.NaN, Number.POSITIVE_INFINITY, 'Infinity', -1, -1n, true]) {
    expect([none, isReading(none)]).toEqual([none, false]);
  }
  for (const count of [0, 0n, '0', ' 5', 0.5, 2n ** 63n])
    expect([count, isReading(count)]).toEqual([count, true]);
  expect(isReading('x', { kind: 'pulse' })).toBe(false);
  const readFlag = (kind: CounterKind) => isReading(true, { kind });
  expect([readFlag('pulse'), readFlag('edge'), readFlag('delta'), readFlag('cumulative')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('of what is no count before the first one the instant is kept, and the first count is the baseline', () => {
  const { at, since, pieces, flags } = increments({
    signal: 'count',
    ts: [10, 20, 30, 40],
    values: ['x', 5, 'y', 7],
  });
  expect([at, since, pieces]).toEqual([
    [10, 30, 40],
    [10, 20, 20],
    [0, 0, 2],
  ]);
  expect(flags).toEqual(['counter-implausible', 'counter-implausible', undefined]);
});

test('a lower value rolled over where the one before lay below the rollover, and was reset where it did not', () => {
  const told = (rollover: number | undefined, ...values: readonly SignalValue[]) => {
    const { pieces, flags } = increments(
      { signal: 'count', ts: values.map((_, index) => index * 1000), values: [...values] },
      rollover === undefined ? {} : { rollover },
    );
    return [pieces, flags];
  };
  expect(told(100, 99, 1)).toEqual([[2], [undefined]]);
  expect(told(100, 100, 1)).toEqual([[1], ['counter-reset']]);
  expect(told(undefined, 99, 1)).toEqual([[1], ['counter-reset']]);
  expect(told(100, 7, 7, 0)).toEqual([[93], [undefined]]);
});

test('as many pieces as an hour may have are plausible, one more is flagged, and a single one always is', () => {
  const flagsOf = (rule: CounterRule, ...values: number[]) =>
    increments({ signal: 'count', ts: values.map((_, index) => index * 1_800_000), values }, rule).flags;
  expect(flagsOf({ maxPerHour: 20 }, 0, 10, 21)).toEqual([undefined, 'counter-implausible']);
  expect(flagsOf({ maxPerHour: 1 }, 0, 1, 3)).toEqual([undefined, 'counter-implausible']);
  expect(flagsOf({ maxPerHour: 10, kind: 'delta' }, 9, 5, 6)).toEqual([
    undefined,
    undefined,
    'counter-implausible',
  ]);
});

test('the most that any machine makes between two readings is a hundred thousand million', () => {
  expect(grown(0, 1e11, 2e11 + 1)).toEqual([1e11, 0]);
});

test('pieces since the last report may be told by an Int64, and more than any machine makes are none', () => {
  const { pieces, flags } = increments(
    { signal: 'count', ts: [0, 1000, 2000], values: [4n, 2n ** 60n, 3] },
    { kind: 'delta' },
  );
  expect([pieces, flags]).toEqual([
    [4, 0, 3],
    [undefined, 'counter-implausible', undefined],
  ]);
  expect(increments({ signal: 'count', ts: [0], values: [2n ** 60n] }, { kind: 'delta' }).flags).toEqual([
    'counter-implausible',
  ]);
});

test('a counter of all pieces may be declared as one', () => {
  const { pieces } = increments(
    { signal: 'count', ts: [0, 1, 2], values: [4, 4, 9] },
    { kind: 'cumulative' },
  );
  expect(pieces).toEqual([5]);
});

test('what a value tells hangs on what was before: always of a delta that is not 0, of others where it changes', () => {
  expect([
    countsSince({}, 5, 5),
    countsSince(undefined, 5, 6),
    countsSince({ kind: 'cumulative' }, 5, 6),
  ]).toEqual([false, true, true]);
  const delta = (before: SignalValue, value: SignalValue) => countsSince({ kind: 'delta' }, before, value);
  expect([delta(5, 5), delta(5, 0), delta(5, '0'), delta(0, 3n)]).toEqual([true, false, false, true]);
  expect([countsSince({ kind: 'pulse' }, 0, 1), countsSince({ kind: 'edge' }, 0, 1)]).toEqual([false, false]);
});
