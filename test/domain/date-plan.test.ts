import { describe, expect, test } from 'vitest';
import type { Calendar, HolidayDays } from '../../domain/calendar-rules.ts';
import { planOn } from '../../domain/date-plan.ts';

const name = { zh: '清明节', en: 'Qingming' };
const source = { title: 'made up', verification: 'own' } as const;
const shift = (id: string, days: readonly number[]) => ({ id, start: 480, end: 960, days, breaks: [] });
const weekdays = shift('day', [1, 2, 3, 4, 5]);
const monday = shift('monday', [1]);
const calendarWith = (days: readonly HolidayDays[], over: Partial<Calendar> = {}): Calendar => ({
  ...{ dayStart: 0, shifts: [weekdays, monday] },
  holidays: { id: 'cn', years: [{ year: 2026, source, days }] },
  ...over,
});
const on = (calendar: Calendar, date: string) => planOn(calendar, Temporal.PlainDate.from(date));
const idsOn = (calendar: Calendar, date: string) => on(calendar, date).shifts.map(({ shift: { id } }) => id);

const closed: HolidayDays = { from: '2026-04-04', until: '2026-04-06', kind: 'closed', name };
/** A Sunday and the Saturday after it. */
const made: HolidayDays = { from: '2026-04-12', until: '2026-04-12', kind: 'workday', name };

describe('a holiday', () => {
  test('has no shifts from its first to its last date, and says where it comes from', () => {
    const calendar = calendarWith([closed]);
    expect(on(calendar, '2026-04-06')).toEqual({
      ...{ date: '2026-04-06', rules: calendar, since: null, kind: 'holiday', noHolidayData: false },
      ...{ holiday: { ...closed, source }, shifts: [] },
    });
    expect([idsOn(calendar, '2026-04-03'), idsOn(calendar, '2026-04-07')]).toEqual([['day'], ['day']]);
    expect(on(calendar, '2026-04-03')).not.toHaveProperty('holiday');
  });

  test('that is worked has the shifts of the weekday that the notice says, else the plant, else of Monday', () => {
    const calendar = calendarWith([made]);
    expect(on(calendar, '2026-04-12')).toMatchObject({
      kind: 'make-up-workday',
      holiday: { ...made, source },
    });
    expect(idsOn(calendar, '2026-04-12')).toEqual(['day', 'monday']);
    expect(idsOn({ ...calendar, makeupAs: 3 }, '2026-04-12')).toEqual(['day']);
    expect(idsOn(calendarWith([{ ...made, as: 3 }]), '2026-04-12')).toEqual(['day']);
    expect(idsOn(calendarWith([{ ...made, as: 3 }], { makeupAs: 1 }), '2026-04-12')).toEqual(['day']);
    expect(idsOn(calendarWith([{ ...made, as: 1 }], { makeupAs: 3 }), '2026-04-12')).toEqual([
      'day',
      'monday',
    ]);
  });

  test('that is worked is a day of the cycle like others where shifts rotate', () => {
    const rotation = {
      anchor: '2026-04-11',
      days: [[{ shift: 'day', crew: 'A' }], [], [{ shift: 'monday' }]],
    };
    const calendar = calendarWith([made], { rotation });
    expect(on(calendar, '2026-04-12')).toMatchObject({
      kind: 'ordinary',
      holiday: { kind: 'workday' },
      shifts: [],
    });
    expect(on(calendar, '2026-04-14').shifts).toEqual([{ shift: weekdays, crew: 'A' }]);
    expect(on(calendar, '2026-04-13').shifts).toEqual([{ shift: monday, crew: null }]);
    expect(idsOn(calendar, '2026-04-08')).toEqual(['day']);
    expect(idsOn(calendar, '2026-04-10')).toEqual(['monday']);
    expect(idsOn(calendar, '2025-04-09')).toEqual(['monday']);
  });

  test('is one of a plant that works; without shifts all is as ever', () => {
    const open = calendarWith([closed], {
      shifts: [],
      exceptions: [{ from: '2026-04-06', until: '2026-04-06', shifts: [] }],
    });
    expect(on(open, '2026-04-06')).toEqual({
      ...{ date: '2026-04-06', rules: open, since: null, kind: 'ordinary', noHolidayData: false, shifts: [] },
    });
    expect(on(open, '2027-04-06')).toMatchObject({ kind: 'ordinary', noHolidayData: false });
  });

  test('of a year that nothing is known of is unknown, unless a notice of another year says it', () => {
    const calendar = calendarWith([closed, { ...closed, from: '2027-01-01', until: '2027-01-01' }]);
    expect(on(calendar, '2026-06-01').noHolidayData).toBe(false);
    expect(on(calendar, '2027-01-04').noHolidayData).toBe(true);
    expect(on(calendar, '2027-01-01')).toMatchObject({ kind: 'holiday', noHolidayData: false });
    const { holidays: _, ...without } = calendar;
    expect(on(without, '2027-01-04').noHolidayData).toBe(false);
  });
});

test('an exception goes before a holiday, on its dates alone, with the shifts that it names or brings', () => {
  const own = shift('cleaning', []);
  const exception = { from: '2026-04-05', until: '2026-04-06', shifts: ['monday', own, 'unheard-of'] };
  const calendar = calendarWith([closed], { exceptions: [exception] });
  expect(on(calendar, '2026-04-05')).toMatchObject({
    kind: 'exception',
    exception,
    holiday: { kind: 'closed' },
  });
  expect(on(calendar, '2026-04-06').shifts).toEqual([
    { shift: monday, crew: null },
    { shift: own, crew: null },
  ]);
  expect([on(calendar, '2026-04-04').kind, on(calendar, '2026-04-07').kind]).toEqual(['holiday', 'ordinary']);
});
