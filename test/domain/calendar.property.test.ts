import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarPieces, productionDays } from '../../domain/calendar.ts';
import type {
  CalendarException,
  CalendarRules,
  HolidayYear,
  ShiftRule,
} from '../../domain/calendar-rules.ts';
import type { Site } from '../../domain/plant.ts';
import { oracle, wallClock } from './calendar-oracle.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Weeks in which something happens to the clock or the year. */
const CLOCKS = [
  ['Europe/Berlin', Date.UTC(2026, 2, 29, 1)],
  ['Europe/Berlin', Date.UTC(2026, 9, 25, 1)],
  // Midnight is skipped, and comes twice.
  ['America/Santiago', Date.UTC(2026, 8, 6, 4)],
  ['America/Santiago', Date.UTC(2026, 3, 5, 3)],
  // China's summer time, 1986 to 1991.
  ['Asia/Shanghai', Date.UTC(1986, 4, 3, 18)],
  ['Asia/Shanghai', Date.UTC(1991, 8, 14, 17)],
  ['Australia/Lord_Howe', Date.UTC(2026, 9, 3, 15, 30)],
  // 30 December 2011 wasn't there.
  ['Pacific/Apia', Date.UTC(2011, 11, 30, 10)],
  ['Asia/Shanghai', Date.UTC(2026, 11, 31, 16)],
] as const;
const clocks = CLOCKS.map(([zone, middle]) => wallClock(zone, middle));

const minute = fc.nat(1439);
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });

/** Shifts that share out a day, from some minute on, with a break in each that is long enough. */
const shifts: fc.Arbitrary<readonly ShiftRule[]> = fc
  .tuple(
    minute,
    fc.uniqueArray(fc.integer({ min: 1, max: 1440 }), { maxLength: 3 }),
    fc.array(weekdays, { minLength: 3, maxLength: 3 }),
    fc.nat(60),
  )
  .map(([start, ends, days, pause]) =>
    ends
      .toSorted((a, b) => a - b)
      .map((end, index, all) => {
        const [from, to] = [start + (all[index - 1] ?? 0), start + end];
        const breaks =
          to - from > pause + 1 && pause > 0
            ? [{ start: (from + 1) % 1440, end: (from + 1 + pause) % 1440 }]
            : [];
        return {
          ...{ id: `s${index}`, start: from % 1440, end: to % 1440 },
          ...{ days: days[index] ?? [1], breaks },
        };
      }),
  );

const nearby = (middle: number): fc.Arbitrary<string> =>
  fc.integer({ min: -4, max: 4 }).map((days) => new Date(middle + days * DAY).toISOString().slice(0, 10));

const holidayYear = (middle: number): fc.Arbitrary<HolidayYear> =>
  fc
    .array(
      fc.tuple(
        nearby(middle),
        nearby(middle),
        fc.constantFrom('closed' as const, 'workday' as const),
        fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined }),
      ),
    )
    .map((days) => ({
      year: new Date(middle - DAY).getUTCFullYear(),
      source: { title: 'made up', verification: 'own' },
      days: days.map(([from, until, kind, as]) => ({
        ...{ from, until, kind, name: { zh: '节', en: 'day' } },
        ...(as && { as }),
      })),
    }));

const rules = (middle: number): fc.Arbitrary<CalendarRules> =>
  fc
    .record({
      dayStart: minute,
      shifts,
      turns: fc.option(fc.array(fc.uniqueArray(fc.nat(2), { maxLength: 3 }), { minLength: 1, maxLength: 9 })),
      anchor: nearby(middle),
      holidays: fc.option(fc.array(holidayYear(middle), { maxLength: 1 })),
      makeupAs: fc.option(fc.integer({ min: 1, max: 7 })),
    })
    .map(({ turns, anchor, holidays, makeupAs, ...own }) => ({
      ...own,
      ...(turns && {
        rotation: {
          anchor,
          days: turns.map((day, index) =>
            day
              .filter((place) => place < own.shifts.length)
              .map((place) => ({
                shift: `s${place}`,
                ...(index % 2 === 0 && { crew: 'ABCD'[place] as string }),
              })),
          ),
        },
      }),
      ...(holidays && { holidays: { id: 'some', years: holidays } }),
      ...(makeupAs && { makeupAs }),
    }));

const exception = (middle: number): fc.Arbitrary<CalendarException> =>
  fc
    .record({
      from: nearby(middle),
      until: nearby(middle),
      shifts: fc.oneof(fc.constant<readonly ShiftRule[]>([]), shifts),
    })
    .map(({ shifts: own, ...dates }) => ({
      ...dates,
      shifts: own.map((shift) => ({ ...shift, id: `own-${shift.id}` })),
    }));

const calendars = fc.nat(clocks.length - 1).chain((place) => {
  const clock = clocks[place] as (typeof clocks)[number];
  return fc
    .record({
      base: rules(clock.middle),
      versions: fc.array(fc.tuple(nearby(clock.middle), rules(clock.middle)), { maxLength: 2 }),
      exceptions: fc.array(exception(clock.middle), { maxLength: 2 }),
    })
    .map(({ base, versions, exceptions }) => ({
      place,
      site: {
        ...{ path: 'acme/x', zone: clock.zone, ...base, exceptions },
        versions: versions
          .map(([from, version]) => ({ from, ...version }))
          .toSorted((a, b) => (a.from < b.from ? -1 : 1)),
      } satisfies Site,
    }));
});

test('every instant has the shift, break, day and crew that looking at each shift in turn gives', () => {
  fc.assert(
    fc.property(calendars, fc.array(fc.nat(4 * DAY - 1), { maxLength: 30 }), ({ place, site }, moments) => {
      const clock = clocks[place] as (typeof clocks)[number];
      const span = { from: clock.middle - 2 * DAY, to: clock.middle + 2 * DAY };
      const says = oracle(site, clock);
      const pieces = calendarPieces(site, span);
      const instants = [
        ...Array.from({ length: 96 }, (_, hour) => span.from + hour * HOUR),
        ...moments.map((moment) => span.from + moment),
        ...pieces.flatMap(({ from, to }) => [from, to - 1]),
      ];
      for (const instant of instants) {
        const piece = pieces.find(({ from, to }) => from <= instant && instant < to);
        const { from: _from, to: _to, ...said } = piece ?? { from: 0, to: 0 };
        expect(said, new Date(instant).toISOString()).toEqual(says(instant));
      }
    }),
    { numRuns: 150 },
  );
});

test('pieces and production days are contiguous, and the same whatever span is asked', () => {
  fc.assert(
    fc.property(
      calendars,
      fc.nat(3 * DAY),
      fc.integer({ min: 1, max: DAY }),
      ({ place, site }, start, length) => {
        const { middle } = clocks[place] as (typeof clocks)[number];
        const whole = { from: middle - 2 * DAY, to: middle + 2 * DAY };
        const pieces = calendarPieces(site, whole);
        expect(pieces[0]?.from).toBe(whole.from);
        expect(pieces.at(-1)?.to).toBe(whole.to);
        const days = productionDays(site, whole);
        for (const list of [pieces, days]) {
          for (const [index, one] of list.entries()) {
            expect(one.to).toBeGreaterThan(one.from);
            expect(list[index + 1]?.from ?? one.to).toBe(one.to);
          }
        }
        const part = { from: whole.from + start, to: whole.from + start + length };
        const clipped = pieces.flatMap((piece) => {
          const [from, to] = [Math.max(piece.from, part.from), Math.min(piece.to, part.to)];
          return from < to ? [{ ...piece, from, to }] : [];
        });
        expect(calendarPieces(site, part)).toEqual(clipped);
        const touched = days.filter(({ from, to }) => from < part.to && part.from < to);
        expect(productionDays(site, part)).toEqual(touched);
      },
    ),
    { numRuns: 150 },
  );
});
