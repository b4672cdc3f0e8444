import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createHolidays } from '../../config/holidays/load.ts';
import { notesOnHolidays } from '../../config/holidays/notes.ts';
import { ConfigError, loadConfig } from '../../config.ts';
import type { Holidays } from '../../domain/calendar-rules.ts';
import { siteAt } from '../../domain/site-calendar.ts';

/** The plant of a configuration that is written for one test, beside files of its own. */
function plantOf(text: string, beside: Readonly<Record<string, string>> = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-calendars-'));
  try {
    for (const [name, content] of Object.entries({ ...beside, 'kaidong.yaml': text })) {
      writeFileSync(join(dir, name), content);
    }
    return loadConfig({ file: join(dir, 'kaidong.yaml') }).plant;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const cn = createHolidays()('cn') as Holidays;

describe('the holidays of China', () => {
  // 调休 moves days: what is worked to make up for a holiday is a day off otherwise.
  test('are made up for on Saturdays and Sundays', () => {
    for (const { days } of cn.years) {
      for (const { kind, from, until } of days.filter((one) => one.kind === 'workday')) {
        expect(until, kind).toBe(from);
        expect([6, 7], from).toContain(Temporal.PlainDate.from(from).dayOfWeek);
      }
    }
  });

  // The notices state how many days off each holiday has, 2024: 1 8 3 5 1 3 7, 2025: 1 8 3 5 3 8, 2026: 3 9 3 5 3 3 7.
  test.each([
    [2024, [1, 8, 3, 5, 1, 3, 7], 8],
    [2025, [1, 8, 3, 5, 3, 8], 5],
    [2026, [3, 9, 3, 5, 3, 3, 7], 6],
  ])('have as many days in %i as the notice says', (wanted, lengths, worked) => {
    const { days, source } = cn.years.find(({ year }) => year === wanted) ?? { days: [] };
    const closed = days.filter(({ kind }) => kind === 'closed');
    const lengthOf = ({ from, until }: { from: string; until: string }): number =>
      Temporal.PlainDate.from(from).until(until).days + 1;
    expect(closed.map(lengthOf)).toEqual(lengths);
    expect(days.length - closed.length).toBe(worked);
    expect(source).toMatchObject({ verification: 'verified', url: expect.stringMatching(/^https:/) });
    expect(source?.number).toBe(`国办发明电〔${wanted - 1}〕${{ 2024: 7, 2025: 12, 2026: 7 }[wanted]}号`);
  });

  test('of a year that they lack are told of, of the next one from December on', () => {
    const plant = plantOf(
      'sites:\n  - { path: a/b, holidays: cn, shifts: [{ id: day, start: "08:00", end: "20:00" }] }',
    );
    const on = (date: string) => notesOnHolidays(plant, Temporal.PlainDate.from(date));
    expect(on('2026-11-30')).toEqual([]);
    expect(on('2026-12-01')).toEqual([expect.stringContaining('"cn" say nothing of 2027')]);
    expect(on('2028-01-01')).toEqual([expect.stringContaining('"cn" say nothing of 2028')]);
    expect(notesOnHolidays(plantOf('sites:\n  - path: a/b'), Temporal.PlainDate.from('2028-01-01'))).toEqual(
      [],
    );
  });
});

describe("a plant's own holidays", () => {
  const bad = join(import.meta.dirname, 'holidays/bad');
  test.each(readdirSync(bad))('%s', (name) => {
    const file = join(bad, name);
    const [first] = readFileSync(file, 'utf8').split('\n') as [string];
    const found = createHolidays()(file);
    expect(found).toBeInstanceOf(ConfigError);
    expect((found as ConfigError).message.replaceAll(`${file}:`, '')).toContain(first.replace(/^# /, ''));
  });

  test('are found beside the configuration, and need no English name', () => {
    const own =
      'years:\n  - { year: 2026, source: { title: 厂庆, verification: own }, closed: [{ date: 2026-08-08, zh: 厂庆 }], workdays: [{ date: 2026-08-09, zh: 厂庆, as: 6 }] }';
    const { sites } = plantOf(
      'sites:\n  - { path: a/b, holidays: ./own.yaml, shifts: [{ id: day, start: "08:00", end: "20:00" }] }',
      { 'own.yaml': own },
    );
    expect(sites[0]?.holidays).toEqual({
      id: './own.yaml',
      years: [
        {
          ...{ year: 2026, source: { title: '厂庆', verification: 'own' } },
          days: [
            { from: '2026-08-08', until: '2026-08-08', kind: 'closed', name: { zh: '厂庆', en: '厂庆' } },
            {
              from: '2026-08-09',
              until: '2026-08-09',
              kind: 'workday',
              name: { zh: '厂庆', en: '厂庆' },
              as: 6,
            },
          ],
        },
      ],
    });
  });
});

test('a site, a part of it and a machine have calendars of their own', () => {
  const plant = plantOf(`
calendars:
  - id: four-crews
    dayStart: "08:00"
    shifts: [{ id: day, start: "08:00", end: "20:00" }, { id: night, start: "20:00", end: "08:00" }]
    rotation:
      anchor: "2026-01-01"
      days: [{ day: A, night: B }, { day: C, night: A }, { day: D, night: C }, { day: B, night: D }]
    maintenance: [{ days: [1], start: "08:00", end: "10:00", everyWeeks: 2, since: "2026-01-05", until: "2026-12-31" }]
  - id: office
    shifts: [{ id: office, start: "08:30", end: "17:30", days: [1, 2, 3, 4, 5] }]
    holidays: cn
    makeupAs: 5
    versions:
      - { from: "2026-07-01", shifts: [{ id: summer, start: "07:30", end: "16:30", days: [1, 2, 3, 4, 5] }] }
      - { from: "2026-10-01", dayStart: "06:00", shifts: [] }
    exceptions:
      - { date: "2026-05-30", shifts: [office, { id: overtime, start: "18:00", end: "20:00" }], why: 交期 }
sites:
  - path: acme/zhoushan
    calendar: four-crews
    maintenance: [{ from: "2026-02-01T08:00", to: "2026-02-01T10:00" }]
    calendars: [{ scope: acme/zhoushan/lab, calendar: office }]
machines:
  - { path: acme/zhoushan/hall/l1/m1 }
  - { path: acme/zhoushan/hall/l1/m2, calendar: office }
`);
  const of = (path: string) => siteAt(plant, `acme/zhoushan/${path}`);
  expect(of('hall/l1/m1')).toBe(plant.sites[0]);
  expect(of('hall/l1/m1')).toMatchObject({
    ...{ calendar: 'four-crews', dayStart: 480 },
    rotation: {
      days: [
        [
          { shift: 'day', crew: 'A' },
          { shift: 'night', crew: 'B' },
        ],
        {},
        {},
        {},
      ],
    },
    maintenance: [
      { from: Date.UTC(2026, 1, 1) },
      { everyWeeks: 2, since: '2026-01-05', until: '2026-12-31' },
    ],
  });
  expect(of('lab/l1/m1')).toBe(of('hall/l1/m2'));
  expect(of('lab/l1/m1')).toMatchObject({
    ...{ calendar: 'office', makeupAs: 5, holidays: { id: 'cn' } },
    versions: [
      { from: '2026-07-01', dayStart: 0 },
      { from: '2026-10-01', dayStart: 360, shifts: [] },
    ],
    exceptions: [
      { from: '2026-05-30', until: '2026-05-30', why: '交期', shifts: ['office', { id: 'overtime' }] },
    ],
    maintenance: [{ from: Date.UTC(2026, 1, 1) }],
  });
});
