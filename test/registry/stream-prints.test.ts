import { expect, test } from 'vitest';
import type { StreamPrints } from '../../analysis/stream-prints.ts';
import { openForTest, tempDir } from './open.ts';

const DAY = 86_400_000;
const print = (machine: string, day: number, over: object = {}) => ({
  ...{ machine, from: day * DAY, to: (day + 1) * DAY },
  windows: [0, 1, 2 ** 32, 2 ** 48 - 1],
  rhythm: [7, 2 ** 47],
  periodic: [{ from: day * DAY, to: day * DAY + 7000, increments: 8, pieces: 2 }],
  ...over,
});

test('prints come back as they were put, ascending, and only those of whole days', () => {
  const dir = tempDir();
  const one: StreamPrints = openForTest({ dir }).streamPrints;
  const other: StreamPrints = openForTest({ dir }).streamPrints;
  const empty = print('a/b', 1, { windows: [], rhythm: [], periodic: [] });
  one.put([print('a/b', 2), empty, print('a/c', 1), print('a/b', 3)]);
  expect(other.of('a/b', { from: DAY, to: 3 * DAY })).toEqual([empty, print('a/b', 2)]);
  expect(other.of('a/b', { from: DAY + 1, to: 3 * DAY - 1 })).toEqual([]);
  expect(other.of('nobody', { from: 0, to: 9 * DAY })).toEqual([]);
  other.put([]);
});

test('a day that is printed again gives way, and what begins before an instant is removed', () => {
  const { streamPrints } = openForTest();
  streamPrints.put([print('a', 1), print('a', 2), print('b', 1), print('b', 2)]);
  streamPrints.put([print('a', 1, { windows: [5] })]);
  expect(streamPrints.of('a', { from: 0, to: 9 * DAY })).toEqual([
    print('a', 1, { windows: [5] }),
    print('a', 2),
  ]);
  streamPrints.removeBefore(2 * DAY);
  for (const machine of ['a', 'b'])
    expect(streamPrints.of(machine, { from: 0, to: 9 * DAY })).toEqual([print(machine, 2)]);
});
