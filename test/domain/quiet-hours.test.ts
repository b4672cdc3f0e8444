import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type QuietHours, quietUntil } from '../../domain/quiet-hours.ts';

const DAY_MINUTES = 1440;
const HOUR_MS = 3_600_000;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const night: QuietHours = { start: 22 * 60, end: 6 * 60, days: EVERY_DAY };
const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const until = (hours: readonly QuietHours[], text: string): string | null => {
  const zone = Temporal.ZonedDateTime.from(text).timeZoneId;
  const end = quietUntil(hours, zone, at(text));
  return end === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(end)
        .toZonedDateTimeISO(zone)
        .toString({ smallestUnit: 'minute' });
};

test.each([
  ['before midnight', '2026-03-02T23:00[Asia/Shanghai]', '2026-03-03T06:00+08:00[Asia/Shanghai]'],
  ['after midnight', '2026-03-03T05:59[Asia/Shanghai]', '2026-03-03T06:00+08:00[Asia/Shanghai]'],
  ['at the first minute', '2026-03-02T22:00[Asia/Shanghai]', '2026-03-03T06:00+08:00[Asia/Shanghai]'],
  ['the end itself is not quiet', '2026-03-03T06:00[Asia/Shanghai]', null],
  ['by day', '2026-03-03T12:00[Asia/Shanghai]', null],
])('a night by the wall clock: %s', (_, when, expected) => {
  expect(until([night], when)).toBe(expected);
});

test('the same instant is night in one zone and noon in another', () => {
  const instant = at('2026-03-02T23:00[Asia/Shanghai]');
  expect(quietUntil([night], 'Asia/Shanghai', instant)).not.toBeNull();
  expect(quietUntil([night], 'Europe/Berlin', instant)).toBeNull();
});

test('clock changes: a night that is an hour shorter or longer ends by the wall clock', () => {
  const lengthOf = (when: string): number =>
    ((quietUntil([night], 'Europe/Berlin', at(when)) as number) - at(when)) / HOUR_MS;
  expect(lengthOf('2026-03-28T22:00[Europe/Berlin]')).toBe(7);
  expect(lengthOf('2026-10-24T22:00[Europe/Berlin]')).toBe(9);
  expect(lengthOf('2026-10-25T22:00[Europe/Berlin]')).toBe(8);
});

test('only on the weekdays on which they begin; a Friday night lasts into Saturday', () => {
  const friday: QuietHours = { ...night, days: [5] };
  expect(until([friday], '2026-03-07T05:00[Asia/Shanghai]')).toBe('2026-03-07T06:00+08:00[Asia/Shanghai]');
  expect(until([friday], '2026-03-07T23:00[Asia/Shanghai]')).toBeNull();
});

test('a weekend of whole days and the night before it are one quiet time', () => {
  const weekend: readonly QuietHours[] = [
    { start: 20 * 60, end: 0, days: [5] },
    { start: 0, end: 0, days: [6, 7] },
  ];
  expect(until(weekend, '2026-03-06T21:00[Asia/Shanghai]')).toBe('2026-03-09T00:00+08:00[Asia/Shanghai]');
});

test('hours that never end are left after two weeks, so that nothing is held for ever', () => {
  const end = quietUntil([{ start: 0, end: 0, days: EVERY_DAY }], 'UTC', 0);
  expect(end).toBe(14 * 24 * HOUR_MS);
});

test('property: an instant is quiet exactly where its wall clock lies within the hours, and the end is not quiet', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: DAY_MINUTES - 1 }),
      fc.integer({ min: 1, max: DAY_MINUTES - 1 }),
      fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }),
      (start, length, minute) => {
        const hours: QuietHours = { start, end: (start + length) % DAY_MINUTES, days: EVERY_DAY };
        const instant = minute * 60_000;
        const inside = ((minute % DAY_MINUTES) - start + DAY_MINUTES) % DAY_MINUTES < length;
        const end = quietUntil([hours], 'UTC', instant);
        expect(end !== null).toBe(inside);
        if (end === null) return;
        expect(end).toBeGreaterThan(instant);
        expect(quietUntil([hours], 'UTC', end)).toBeNull();
      },
    ),
    { numRuns: 500 },
  );
});
