import { expect, test } from 'vitest';
import { earlierReading, LONGEST_WITHOUT_COUNT_MS, readingBefore } from '../../domain/ledger-context.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const machine: Machine = { ...MACHINE_DEFAULTS, path: 'a/b/c/d/e', declared: true };
const span = { from: 0, to: HOUR };

const since = (told: readonly (readonly [number, SignalValue])[], from = -HOUR) =>
  earlierReading({
    ...{ machine, from, span },
    facts: {
      ...{ machine: machine.path, silences: [] },
      series: [{ signal: 'count', ts: told.map(([ts]) => ts), values: told.map(([, value]) => value) }],
    },
  });

test('a count carried in that is none is looked for further back, and further each time', () => {
  const told = [
    [-40 * DAY, -1],
    [-60, 'none'],
    [1, 5],
  ] as const;
  expect(since(told)).toBe(-HOUR - DAY);
  expect(since(told, -3 * DAY)).toBe(-6 * DAY);
  expect(since(told, -LONGEST_WITHOUT_COUNT_MS)).toBeNull();
});

test('not where one is known, none can be, or none is needed', () => {
  expect(
    since([
      [-2 * HOUR, 4],
      [-60, -1],
      [1, 5],
    ]),
  ).toBeNull();
  expect(
    since([
      [-HOUR, -1],
      [1, 5],
    ]),
  ).toBeNull();
  expect(
    since([
      [-2 * HOUR, -1],
      [HOUR, 5],
    ]),
  ).toBeNull();
  expect(since([])).toBeNull();
});

test('the value that is counted on from is the last count, or the last value where there is none', () => {
  const series = { signal: 'count', ts: [1, 2, 3, 4], values: [7, -1, -1, 9] };
  const before = (next: number, notBefore: number) =>
    readingBefore(series, next, { isReading: (value) => Number(value) >= 0, notBefore });
  expect([before(3, 0), before(2, 0), before(3, 2), before(0, 0)]).toEqual([0, 0, 2, -1]);
});

test('a meter is read as it is rounded: what rounds to nothing from below is a reading, what rounds below nothing is none', () => {
  const meter = (value: SignalValue) =>
    earlierReading({
      ...{ machine, from: -HOUR, span },
      facts: {
        ...{ machine: machine.path, silences: [] },
        series: [{ signal: 'energy', ts: [-2 * HOUR, -HOUR / 2, 1], values: [-1, value, 6] }],
      },
    });
  expect([meter(-0.0004), meter('-0.0004'), meter(0.0004)]).toEqual([null, null, null]);
  expect(meter(-0.0006)).toBe(-HOUR - DAY);
});
