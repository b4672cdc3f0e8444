import { describe, expect, test } from 'vitest';
import { calendarPieces, localHours, piecesFor, productionDays } from '../../domain/calendar.ts';
import { classCursor } from '../../domain/class-cursor.ts';
import { classFactsOf } from '../../domain/class-facts.ts';
import { MACHINE_DEFAULTS, type ShiftRule, type Site } from '../../domain/plant.ts';
import type { Span } from '../../domain/time.ts';

const at = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;
const span = (from: string, to: string): Span => ({ from: at(from), to: at(to) });
const iso = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString();
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const shift = (
  id: string,
  start: number,
  end: number,
  { days = EVERY_DAY, breaks = [] }: Partial<Pick<ShiftRule, 'days' | 'breaks'>> = {},
): ShiftRule => ({ id, start, end, days, breaks });
const site = (zone: string, dayStart: number, shifts: readonly ShiftRule[] = []): Site => ({
  path: 'acme/x',
  zone,
  dayStart,
  shifts,
});
const told = (pieces: ReturnType<typeof calendarPieces>) =>
  pieces.map((piece) => [iso(piece.from), piece.planned, piece.shift, piece.day]);

describe('without shifts', () => {
  test('an undeclared site is always scheduled, in UTC days', () => {
    expect(told(calendarPieces(undefined, span('2026-03-02T22:00Z', '2026-03-03T02:00Z')))).toEqual([
      ['2026-03-02T22:00:00Z', 'scheduled', null, '2026-03-02'],
      ['2026-03-03T00:00:00Z', 'scheduled', null, '2026-03-03'],
    ]);
  });

  test("a declared one too, in its own zone's production days", () => {
    const shanghai = site('Asia/Shanghai', 480);
    expect(told(calendarPieces(shanghai, span('2026-03-01T23:00Z', '2026-03-02T01:00Z')))).toEqual([
      ['2026-03-01T23:00:00Z', 'scheduled', null, '2026-03-01'],
      ['2026-03-02T00:00:00Z', 'scheduled', null, '2026-03-02'],
    ]);
  });

  test('an empty span has no pieces', () => {
    expect(calendarPieces(undefined, span('2026-03-02T22:00Z', '2026-03-02T22:00Z'))).toEqual([]);
  });
});

describe('shifts', () => {
  const works = site('Asia/Shanghai', 480, [
    shift('night', 1200, 480, { days: [1, 2, 3, 4, 5, 6], breaks: [{ start: 1430, end: 20 }] }),
    shift('day', 480, 1200, { days: [1, 2, 3, 4, 5, 6], breaks: [{ start: 720, end: 765 }] }),
  ]);

  test('a night shift, and its break over midnight, belong to the evening', () => {
    const pieces = calendarPieces(works, span('2026-03-02T04:00:00+08:00', '2026-03-03T08:30:00+08:00'));
    expect(told(pieces)).toEqual([
      ['2026-03-01T20:00:00Z', 'not-scheduled', null, '2026-03-01'],
      ['2026-03-02T00:00:00Z', 'scheduled', 'day', '2026-03-02'],
      ['2026-03-02T04:00:00Z', 'break', 'day', '2026-03-02'],
      ['2026-03-02T04:45:00Z', 'scheduled', 'day', '2026-03-02'],
      ['2026-03-02T12:00:00Z', 'scheduled', 'night', '2026-03-02'],
      ['2026-03-02T15:50:00Z', 'break', 'night', '2026-03-02'],
      ['2026-03-02T16:20:00Z', 'scheduled', 'night', '2026-03-02'],
      ['2026-03-03T00:00:00Z', 'scheduled', 'day', '2026-03-03'],
    ]);
  });

  test('a break after midnight lies on the next date', () => {
    const late = site('UTC', 0, [shift('late', 1320, 360, { breaks: [{ start: 120, end: 150 }] })]);
    const pieces = calendarPieces(late, span('2026-03-02T22:00Z', '2026-03-03T06:00Z'));
    expect(told(pieces).filter(([, planned]) => planned === 'break')).toEqual([
      ['2026-03-03T02:00:00Z', 'break', 'late', '2026-03-02'],
    ]);
  });

  test('a shift across dayStart moves the border of the production day to its end', () => {
    const late = site('UTC', 360, [shift('night', 1320, 420, { days: [1] })]);
    const days = productionDays(late, span('2026-03-02T12:00Z', '2026-03-04T07:00Z'));
    expect(days.map(({ day, from, to }) => [day, iso(from), iso(to)])).toEqual([
      ['2026-03-02', '2026-03-02T06:00:00Z', '2026-03-03T07:00:00Z'],
      ['2026-03-03', '2026-03-03T07:00:00Z', '2026-03-04T06:00:00Z'],
      ['2026-03-04', '2026-03-04T06:00:00Z', '2026-03-05T06:00:00Z'],
    ]);
  });

  test('a shift of a whole day runs from start to start', () => {
    const round = site('UTC', 360, [shift('all', 480, 480, { days: [1] })]);
    expect(
      told(calendarPieces(round, span('2026-03-02T00:00Z', '2026-03-03T12:00Z'))).map((piece) =>
        piece.slice(0, 3),
      ),
    ).toEqual([
      ['2026-03-02T00:00:00Z', 'not-scheduled', null],
      ['2026-03-02T06:00:00Z', 'not-scheduled', null],
      ['2026-03-02T08:00:00Z', 'scheduled', 'all'],
      ['2026-03-03T08:00:00Z', 'not-scheduled', null],
    ]);
  });

  test('shifts of 24 hours across a late dayStart draw every day out to their end', () => {
    const round = site('UTC', 1380, [shift('all', 1320, 1320)]);
    const days = productionDays(round, span('2026-03-04T05:00Z', '2026-03-04T06:00Z'));
    expect(days.map(({ day, from, to }) => [day, iso(from), iso(to)])).toEqual([
      ['2026-03-02', '2026-03-03T22:00:00Z', '2026-03-04T22:00:00Z'],
    ]);
  });

  test('a shift that begins in the hour that is skipped begins after it', () => {
    const early = site('Europe/Berlin', 0, [shift('early', 150, 600)]);
    const [, first] = calendarPieces(early, span('2026-03-28T23:00Z', '2026-03-29T12:00Z'));
    expect(first && [iso(first.from), iso(first.to)]).toEqual([
      '2026-03-29T01:30:00Z',
      '2026-03-29T08:00:00Z',
    ]);
  });

  test('production days have 23 and 25 hours when the clock changes', () => {
    const lengths = (from: string, to: string): number[] =>
      productionDays(site('Europe/Berlin', 0), span(from, to)).map((day) => (day.to - day.from) / 3_600_000);
    expect(lengths('2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual([24, 23, 24]);
    expect(lengths('2026-10-24T12:00Z', '2026-10-26T12:00Z')).toEqual([24, 25, 24]);
  });
});

describe('local hours', () => {
  const hours = (zone: string, from: string, to: string): string[] =>
    localHours(site(zone, 0), span(from, to)).map(
      (hour) => `${iso(hour.from)} ${(hour.to - hour.from) / 60_000}`,
    );

  test('whole hours that touch the span', () => {
    expect(hours('Asia/Shanghai', '2026-03-02T00:59:59Z', '2026-03-02T01:00:01Z')).toEqual([
      '2026-03-02T00:00:00Z 60',
      '2026-03-02T01:00:00Z 60',
    ]);
    expect(hours('Asia/Shanghai', '2026-03-02T00:00Z', '2026-03-02T01:00Z')).toHaveLength(1);
    expect(localHours(undefined, span('2026-03-02T00:30Z', '2026-03-02T00:40Z'))).toHaveLength(1);
  });

  test('zones that lie off the hour', () => {
    expect(hours('Asia/Kolkata', '2026-03-02T00:00Z', '2026-03-02T00:30Z')).toEqual([
      '2026-03-01T23:30:00Z 60',
    ]);
    expect(hours('Asia/Kathmandu', '2026-03-02T00:14Z', '2026-03-02T00:16Z')).toEqual([
      '2026-03-01T23:15:00Z 60',
      '2026-03-02T00:15:00Z 60',
    ]);
  });

  test('a skipped hour is not there, a doubled one is there twice', () => {
    expect(hours('Europe/Berlin', '2026-03-28T23:00Z', '2026-03-29T22:00Z')).toHaveLength(23);
    expect(hours('Europe/Berlin', '2026-10-24T22:00Z', '2026-10-25T23:00Z')).toHaveLength(25);
  });

  test('a span that begins at the very change of the clock', () => {
    expect(hours('Europe/Berlin', '2026-03-29T01:00Z', '2026-03-29T02:00Z')).toEqual([
      '2026-03-29T01:00:00Z 60',
    ]);
  });

  test('a clock change by half an hour cuts the hour in which it happens', () => {
    expect(hours('Australia/Lord_Howe', '2026-04-04T14:00Z', '2026-04-04T16:00Z')).toEqual([
      '2026-04-04T14:00:00Z 60',
      '2026-04-04T15:00:00Z 30',
      '2026-04-04T15:30:00Z 60',
    ]);
    expect(hours('Australia/Lord_Howe', '2026-10-03T15:15Z', '2026-10-03T16:15Z')).toEqual([
      '2026-10-03T14:30:00Z 60',
      '2026-10-03T15:30:00Z 30',
      '2026-10-03T16:00:00Z 60',
    ]);
  });
});

test('breaks count in the order of the clock, and one may begin with its shift', () => {
  const breaks = [
    { start: 780, end: 790 },
    { start: 480, end: 490 },
    { start: 600, end: 610 },
  ];
  const works = site('UTC', 0, [shift('day', 480, 960, { breaks })]);
  expect(
    told(calendarPieces(works, span('2026-03-02T08:00Z', '2026-03-02T14:00Z'))).map(([from, planned]) => [
      from,
      planned,
    ]),
  ).toEqual([
    ['2026-03-02T08:00:00Z', 'break'],
    ['2026-03-02T08:10:00Z', 'scheduled'],
    ['2026-03-02T10:00:00Z', 'break'],
    ['2026-03-02T10:10:00Z', 'scheduled'],
    ['2026-03-02T13:00:00Z', 'break'],
    ['2026-03-02T13:10:00Z', 'scheduled'],
  ]);
});

test('of a shift that new rules end, a break behind that end is none', () => {
  const works: Site = {
    ...site('UTC', 0, [shift('night', 1200, 480, { breaks: [{ start: 120, end: 180 }] })]),
    versions: [{ from: '2026-03-03', dayStart: 0, shifts: [shift('early', 60, 480)] }],
  };
  expect(told(calendarPieces(works, span('2026-03-03T00:00Z', '2026-03-03T04:00Z')))).toEqual([
    ['2026-03-03T00:00:00Z', 'scheduled', 'night', '2026-03-02'],
    ['2026-03-03T01:00:00Z', 'scheduled', 'early', '2026-03-03'],
  ]);
});

test('a date that a zone leaves out has no production day, also where the next one begins earlier', () => {
  // Samoa went from the 29th of December 2011 to the 31st.
  const samoa: Site = {
    ...site('Pacific/Apia', 480),
    versions: [{ from: '2011-12-31', dayStart: 360, shifts: [] }],
  };
  const days = productionDays(samoa, span('2011-12-29T00:00-10:00', '2012-01-01T00:00+14:00'));
  expect(days.map(({ day, from, to }) => [day, iso(from), iso(to)])).toEqual([
    ['2011-12-28', '2011-12-28T18:00:00Z', '2011-12-29T18:00:00Z'],
    ['2011-12-29', '2011-12-29T18:00:00Z', '2011-12-30T16:00:00Z'],
    ['2011-12-31', '2011-12-30T16:00:00Z', '2011-12-31T16:00:00Z'],
  ]);
});

test('a day begins where the shift that runs at its beginning ends, and with one that begins or ends just then', () => {
  const begins = (...shifts: readonly ShiftRule[]) =>
    productionDays(site('UTC', 480, shifts), span('2026-03-03T00:00Z', '2026-03-03T12:00Z')).map(({ from }) =>
      iso(from),
    );
  expect(begins(shift('late', 1200, 500))).toEqual(['2026-03-02T08:20:00Z', '2026-03-03T08:20:00Z']);
  expect(begins(shift('late', 1200, 480))).toEqual(['2026-03-02T08:00:00Z', '2026-03-03T08:00:00Z']);
  expect(begins(shift('day', 480, 500))).toEqual(['2026-03-02T08:00:00Z', '2026-03-03T08:00:00Z']);
  expect(begins(shift('early', 300, 470), shift('over', 475, 485))).toEqual([
    '2026-03-02T08:05:00Z',
    '2026-03-03T08:05:00Z',
  ]);
});

test('a machine’s own maintenance is put into the pieces that there are', () => {
  const pieces = calendarPieces(undefined, span('2026-03-02T08:00Z', '2026-03-02T12:00Z'));
  const window = span('2026-03-02T09:00Z', '2026-03-02T10:00Z');
  expect(
    told([...piecesFor({ maintenance: [window] }, undefined, pieces)]).map(([from, planned]) => [
      from,
      planned,
    ]),
  ).toEqual([
    ['2026-03-02T08:00:00Z', 'scheduled'],
    ['2026-03-02T09:00:00Z', 'maintenance'],
    ['2026-03-02T10:00:00Z', 'scheduled'],
  ]);
  expect(piecesFor({}, undefined, pieces)).toBe(pieces);
  expect(piecesFor({ maintenance: [window] }, undefined, [])).toEqual([]);
});

test('no class is told of time that the calendar pieces do not reach', () => {
  const pieces = calendarPieces(undefined, span('2026-03-02T08:00Z', '2026-03-02T12:00Z'));
  const machine = { ...MACHINE_DEFAULTS, path: 'a/b/c/d/e', declared: true };
  const facts = { machine: machine.path, series: [], silences: [] };
  const asOf = at('2026-03-03T00:00Z');
  const classes = () =>
    classCursor(classFactsOf({ machine, site: undefined, facts, pieces, asOf }, { reasons: false }));
  expect(() => classes().seek(at('2026-03-02T07:59Z'))).toThrow(
    "the calendar pieces don't cover 2026-03-02T07:59:00.000Z",
  );
  expect(() => classes().seek(at('2026-03-02T12:00Z'))).toThrow("don't cover 2026-03-02T12:00:00.000Z");
  expect(() => classes().seek(at('2026-03-02T11:59Z'))).not.toThrow();
});

test('hours from the very instant of a clock change on are those of the new offset', () => {
  const hours = (from: string, to: string) =>
    localHours(site('Australia/Lord_Howe', 0), span(from, to)).map((hour) => [iso(hour.from), iso(hour.to)]);
  // On 5 April 2026 at two o'clock the clock goes back by half an hour.
  expect(hours('2026-04-04T15:00Z', '2026-04-04T16:00Z')).toEqual([
    ['2026-04-04T15:00:00Z', '2026-04-04T15:30:00Z'],
    ['2026-04-04T15:30:00Z', '2026-04-04T16:30:00Z'],
  ]);
  expect(hours('2026-04-04T14:00Z', '2026-04-04T15:00Z')).toEqual([
    ['2026-04-04T14:00:00Z', '2026-04-04T15:00:00Z'],
  ]);
});
