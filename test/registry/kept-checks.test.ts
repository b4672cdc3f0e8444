import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeptChecks } from '../../analysis/kept-checks.ts';
import { bytesOfHours, hoursInBytes } from '../../registry/hour-bytes.ts';
import { openForTest, tempDir } from './open.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ALL = { from: 0, to: 99 * DAY };
const hour = (from: number, over: object = {}) => ({
  ...{ from, to: from + HOUR, runningMs: 1_234_567, extraMs: 0, pieces: 300, energyWh: 5000 },
  ...over,
});
const day = (machine: string, at: number, flat: readonly object[] = []) => ({
  ...{ machine, from: at * DAY, to: (at + 1) * DAY },
  gauges: [{ signal: 'barrel', livelyHours: 20, flat }] as never,
});

test('hours come back from their bytes as they were, whatever their numbers', () => {
  const amount = fc.oneof(
    fc.nat(),
    fc.maxSafeNat(),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  );
  const one = fc.record({
    ...{ gap: fc.integer({ min: 0, max: DAY }), length: fc.integer({ min: 1, max: 2 * HOUR }) },
    ...{ runningMs: fc.nat(HOUR), extraMs: fc.nat(HOUR), pieces: amount, energyWh: fc.option(amount) },
  });
  fc.assert(
    fc.property(fc.array(one), fc.integer({ min: -DAY, max: DAY }), (some, begin) => {
      let reached = begin;
      const hours = some.map(({ gap, length, ...rest }) => {
        const from = reached + gap;
        reached = from + length;
        return { ...rest, from, to: reached };
      });
      expect(hoursInBytes(begin, bytesOfHours(begin, hours))).toEqual(hours);
    }),
  );
});

describe('hours', () => {
  test('of many roundings come back by span, a usual day in few bytes', () => {
    const dir = tempDir();
    const one: KeptChecks = openForTest({ dir }).keptChecks;
    const other: KeptChecks = openForTest({ dir }).keptChecks;
    const hours = Array.from({ length: 60 }, (_, index) => hour(index * HOUR, { energyWh: index || null }));
    one.putHours([
      { machine: 'a', hours },
      { machine: 'b', hours: [hour(5 * HOUR)] },
      { machine: 'c', hours: [] },
    ]);
    expect(other.hoursOf('a', ALL)).toEqual(hours);
    expect(other.hoursOf('a', { from: HOUR + 1, to: 27 * HOUR - 1 })).toEqual(hours.slice(2, 26));
    expect(other.hoursOf('b', ALL)).toEqual([hour(5 * HOUR)]);
    expect([other.hoursOf('c', ALL), other.hoursOf('a', { from: DAY, to: DAY })]).toEqual([[], []]);
    expect(bytesOfHours(0, hours.slice(0, 24)).length).toBeLessThan(300);
  });

  test('that are put again give way to those that overlap them, the others stay', () => {
    const { keptChecks } = openForTest();
    const put = (...hours: ReturnType<typeof hour>[]) => keptChecks.putHours([{ machine: 'a', hours }]);
    put(hour(22 * HOUR), hour(23 * HOUR), hour(DAY), hour(DAY + HOUR));
    put(hour(DAY, { pieces: 7.5 }));
    expect(keptChecks.hoursOf('a', ALL)).toEqual([
      ...[hour(22 * HOUR), hour(23 * HOUR), hour(DAY, { pieces: 7.5 }), hour(DAY + HOUR)],
    ]);
    // By another zone hours begin at the half, the first before the day of those that go.
    const halves = [hour(23.5 * HOUR), hour(DAY + HOUR / 2)];
    put(...halves);
    expect(keptChecks.hoursOf('a', ALL)).toEqual([hour(22 * HOUR), ...halves]);
    put(hour(2 * DAY));
    put(hour(2 * DAY - HOUR / 2));
    expect(keptChecks.hoursOf('a', ALL)).toEqual([hour(22 * HOUR), ...halves, hour(2 * DAY - HOUR / 2)]);
  });
});

test('gauges come back by whole days, and a day that is put again gives way', () => {
  const { keptChecks } = openForTest();
  const flat = [{ from: DAY + HOUR, to: DAY + 3 * HOUR, value: 180.5 }];
  keptChecks.putGauges([day('a', 1, flat), day('a', 2), day('b', 1)]);
  keptChecks.putGauges([{ ...day('a', 2), gauges: [] }]);
  expect(keptChecks.gaugesOf('a', ALL)).toEqual([day('a', 1, flat), { ...day('a', 2), gauges: [] }]);
  expect(keptChecks.gaugesOf('a', { from: DAY + 1, to: 3 * DAY })).toHaveLength(1);
  keptChecks.putGauges([]);
});

test('what begins before an instant is removed, of every machine', () => {
  const { keptChecks } = openForTest();
  for (const machine of ['a', 'b']) {
    keptChecks.putHours([{ machine, hours: [hour(DAY), hour(2 * DAY)] }]);
    keptChecks.putGauges([day(machine, 1), day(machine, 2)]);
  }
  keptChecks.removeBefore(2 * DAY);
  for (const machine of ['a', 'b']) {
    expect(keptChecks.hoursOf(machine, ALL)).toEqual([hour(2 * DAY)]);
    expect(keptChecks.gaugesOf(machine, ALL)).toEqual([day(machine, 2)]);
  }
});
