import { expect, test } from 'vitest';
import type { DayTallies } from '../../analysis/day-tallies.ts';
import { openForTest, tempDir } from './open.ts';

const DAY = 86_400_000;
const tally = (machine: string, day: number, over: object = {}) => ({
  ...{ machine, from: day * DAY, to: (day + 1) * DAY, heard: true, reasonedStopMs: 60_000 },
  ...over,
});

test('days come back as they were put, ascending, and only whole ones', () => {
  const dir = tempDir();
  const one: DayTallies = openForTest({ dir }).dayTallies;
  const other: DayTallies = openForTest({ dir }).dayTallies;
  one.put([
    tally('a/b', 2),
    tally('a/b', 1, { heard: false, reasonedStopMs: 0 }),
    tally('a/c', 1),
    tally('a/b', 3),
  ]);
  expect(other.of('a/b', { from: DAY, to: 3 * DAY })).toEqual([
    tally('a/b', 1, { heard: false, reasonedStopMs: 0 }),
    tally('a/b', 2),
  ]);
  expect(other.of('a/b', { from: DAY + 1, to: 3 * DAY - 1 })).toEqual([]);
  expect(other.of('nobody', { from: 0, to: 9 * DAY })).toEqual([]);
  other.put([]);
});

test('a day that is counted again gives way', () => {
  const { dayTallies } = openForTest();
  dayTallies.put([tally('a', 1)]);
  dayTallies.put([tally('a', 1, { reasonedStopMs: 5, to: 2 * DAY + 1 })]);
  expect(dayTallies.of('a', { from: 0, to: 9 * DAY })).toEqual([
    tally('a', 1, { reasonedStopMs: 5, to: 2 * DAY + 1 }),
  ]);
});
