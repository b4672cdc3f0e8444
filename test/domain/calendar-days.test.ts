import { expect, test } from 'vitest';
import { calendarDays } from '../../domain/calendar-days.ts';
import type { Site } from '../../domain/plant.ts';

const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
const works: Site = {
  ...{ path: 'acme/works', zone: 'UTC', dayStart: 480 },
  shifts: [{ id: 'day', start: 480, end: 1200, days: [1, 2, 3, 4, 5, 6, 7], breaks: [] }],
};
const window = { from: at('2026-03-03T06:00Z'), to: at('2026-03-03T10:00Z') };

test('the production days of a span have their shifts, and a maintenance window is parted by the begin of a day', () => {
  const days = calendarDays({ ...works, maintenance: [window] }, window);
  expect(days.map(({ day, shifts, maintenance }) => [day, shifts.map(({ id }) => id), maintenance])).toEqual([
    ['2026-03-02', ['day'], [{ from: window.from, to: at('2026-03-03T08:00Z') }]],
    ['2026-03-03', ['day'], [{ from: at('2026-03-03T08:00Z'), to: window.to }]],
  ]);
});

test('a day without planned maintenance has none, be it that the plant has none or another day has it', () => {
  const next = { from: at('2026-03-04T09:00Z'), to: at('2026-03-04T10:00Z') };
  expect(calendarDays(works, next).map(({ maintenance }) => maintenance)).toEqual([[]]);
  const days = calendarDays({ ...works, maintenance: [next] }, { from: window.from, to: next.to });
  expect(days.map(({ maintenance }) => maintenance)).toEqual([[], [], [next]]);
});

test('an empty span between two days touches neither', () => {
  const between = at('2026-03-03T08:00Z');
  expect(calendarDays(works, { from: between, to: between })).toEqual([]);
});

test('a cycle without a day in it plans no shift', () => {
  const days = calendarDays({ ...works, rotation: { anchor: '2026-03-01', days: [] } }, window);
  expect(days.map(({ shifts }) => shifts)).toEqual([[], []]);
});
