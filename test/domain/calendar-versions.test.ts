import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarPiece, calendarPieces } from '../../domain/calendar.ts';
import { calendarInput } from '../../domain/calendar-input.ts';
import type { CalendarVersion, Holidays, ShiftRule } from '../../domain/calendar-rules.ts';
import { maintenanceIn } from '../../domain/maintenance.ts';
import type { Plant, Site } from '../../domain/plant.ts';
import { alwaysScheduled, siteAt } from '../../domain/site-calendar.ts';
import { HOUR } from './any-events.ts';

const DAY = 24 * HOUR;
const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
const iso = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
const shift = (id: string, start: number, end: number, days = [1, 2, 3, 4, 5, 6, 7]): ShiftRule => ({
  ...{ id, start: start * 60, end: end * 60, days, breaks: [] },
});
const works: Site = {
  ...{ path: 'acme/works', zone: 'Asia/Shanghai', dayStart: 480 },
  shifts: [shift('day', 8, 20), shift('night', 20, 8)],
};
const threeShifts: CalendarVersion = {
  ...{ from: '2026-03-05', dayStart: 360 },
  shifts: [shift('early', 6, 14), shift('middle', 14, 22), shift('late', 22, 6)],
};
const shiftsOf = (pieces: readonly CalendarPiece[]): string[] =>
  pieces.map(({ from, shift: name, crew, day }) => `${iso(from)} ${name}${crew ?? ''} ${day}`);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('versions', () => {
  test('a shift of the old rules ends where the first of the new ones begins', () => {
    const span = { from: at('2026-03-04T12:00Z'), to: at('2026-03-05T06:00Z') };
    expect(shiftsOf(calendarPieces({ ...works, versions: [threeShifts] }, span))).toEqual([
      '2026-03-04T12:00:00Z night 2026-03-04',
      '2026-03-04T22:00:00Z early 2026-03-05',
    ]);
  });

  test('one from a date on leaves the inputs of every cell before it alone, and changes those after', () => {
    const span = { from: at('2026-03-01T00:00Z'), to: at('2026-03-09T00:00Z') };
    const changes = at('2026-03-04T22:00Z');
    const before = calendarInput(calendarPieces(works, span));
    const after = calendarInput(calendarPieces({ ...works, versions: [threeShifts] }, span));
    fc.assert(
      fc.property(fc.nat(8 * 24 - 1), fc.integer({ min: 1, max: 24 }), (hour, hours) => {
        const from = span.from + hour * HOUR;
        const cell = { from, to: Math.min(from + hours * HOUR, span.to) };
        expect(decode(after(cell)) === decode(before(cell))).toBe(cell.to <= changes);
      }),
    );
  });
});

test('rules written in another way that say the same of a cell are the same input', () => {
  const rotating: Site = {
    ...works,
    rotation: {
      anchor: '2026-01-01',
      days: [
        [
          { shift: 'day', crew: 'A' },
          { shift: 'night', crew: 'B' },
        ],
      ],
    },
  };
  const span = { from: at('2026-03-01T00:00Z'), to: at('2026-03-03T00:00Z') };
  const inputOf = (site: Site): string => decode(calendarInput(calendarPieces(site, span))(span));
  expect(inputOf(rotating)).toBe(inputOf(works));
  expect(JSON.parse(inputOf(works))).toEqual([
    [span.from, span.from + 12 * HOUR, 'scheduled', 'day', '2026-03-01'],
    [span.from + 12 * HOUR, span.from + DAY, 'scheduled', 'night', '2026-03-01'],
    [span.from + DAY, span.from + 36 * HOUR, 'scheduled', 'day', '2026-03-02'],
    [span.from + 36 * HOUR, span.to, 'scheduled', 'night', '2026-03-02'],
  ]);
});

test('a year without holiday data is in the input, so that its data make a new revision', () => {
  const holidays: Holidays = {
    id: 'cn',
    years: [{ year: 2026, source: { title: 'made up', verification: 'own' }, days: [] }],
  };
  const span = { from: at('2026-12-31T00:00Z'), to: at('2027-01-01T00:00Z') };
  const rows = JSON.parse(decode(calendarInput(calendarPieces({ ...works, holidays }, span))(span)));
  expect(rows.map((row: unknown[]) => row.slice(2))).toEqual([
    ['scheduled', 'day', '2026-12-31'],
    ['scheduled', 'night', '2026-12-31'],
  ]);
  const next = { from: span.to, to: span.to + HOUR };
  expect(JSON.parse(decode(calendarInput(calendarPieces({ ...works, holidays }, next))(next)))).toEqual([
    [next.from, next.to, 'scheduled', 'day', '2027-01-01', 'no-holiday-data'],
  ]);
});

test('a shift that its rules lack is not worked', () => {
  const span = { from: at('2026-03-01T00:00Z'), to: at('2026-03-02T00:00Z') };
  const lacking = [{ shift: 'day' }, { shift: 'evening' }];
  const rotating: Site = { ...works, rotation: { anchor: '2026-01-01', days: [lacking] } };
  const excepted: Site = {
    ...works,
    exceptions: [{ from: '2026-03-01', until: '2026-03-01', shifts: ['day', 'evening'] }],
  };
  for (const site of [rotating, excepted]) {
    expect(shiftsOf(calendarPieces(site, span))).toEqual([
      '2026-03-01T00:00:00Z day 2026-03-01',
      '2026-03-01T12:00:00Z null 2026-03-01',
    ]);
  }
});

test('maintenance every second week counts its weeks from the first, and ends with its last date', () => {
  const rule = {
    ...{ days: [1, 5], start: 480, end: 600 },
    everyWeeks: 2,
    since: '2026-03-04',
    until: '2026-03-30',
  };
  const windows = maintenanceIn([rule], 'UTC', {
    from: at('2026-02-01T00:00Z'),
    to: at('2026-05-01T00:00Z'),
  });
  expect(windows.map(({ from }) => iso(from).slice(0, 10))).toEqual([
    '2026-03-06',
    '2026-03-16',
    '2026-03-20',
    '2026-03-30',
  ]);
});

describe('the calendar at a path', () => {
  const office: Site = { ...works, calendar: 'office', shifts: [shift('office', 9, 17, [1, 2, 3, 4, 5])] };
  const plant: Plant = {
    sites: [works],
    machines: [],
    calendars: [{ scope: 'acme/works/lab', site: office }],
  };

  test('is that of the longest scope', () => {
    expect(siteAt(plant, 'acme/works/lab/l/m')).toBe(office);
    expect(siteAt(plant, 'acme/works/hall/l/m')).toBe(works);
    expect(siteAt(plant, 'acme/elsewhere/hall/l/m')).toBeUndefined();
  });

  test('of a machine that is not declared keeps to its production days, versions included', () => {
    const open = alwaysScheduled('acme/works/hall/l/m', {
      ...works,
      versions: [threeShifts],
      classes: [{ class: 'idle' }],
    });
    expect(open).toEqual({
      ...{ path: 'acme/works', zone: 'Asia/Shanghai', dayStart: 480, shifts: [] },
      versions: [{ from: '2026-03-05', dayStart: 360, shifts: [] }],
      classes: [{ class: 'idle' }],
    });
    expect(alwaysScheduled('acme/new/hall/l/m', undefined)).toEqual({
      ...{ path: 'acme/new', zone: 'UTC', dayStart: 0, shifts: [] },
    });
  });
});
