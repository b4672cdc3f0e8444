import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../../analysis/answers.ts';
import { cutWindow, periodAt, wholeCells } from '../../analysis/cells.ts';
import type { Site } from '../../domain/plant.ts';
import { DAY, HOUR, MINUTE, MONDAY_8, shanghai, urumqi } from './plants.ts';

/** Germany put its clocks forward on 2026-03-29, and has a shift that dayStart cuts. */
const berlin: Site = {
  path: 'acme/berlin',
  zone: 'Europe/Berlin',
  dayStart: 0,
  shifts: [{ id: 'late', start: 22 * 60, end: 6 * 60, days: [1, 2, 3, 4, 5, 6, 7], breaks: [] }],
};

describe('cutting a window into cells', () => {
  it('covers every window exactly, and calls whole only what is whole', () => {
    const temporal = DIMENSIONS.filter((dimension) => ['day', 'shift', 'hour'].includes(dimension));
    const start = fc.integer({ min: Date.UTC(2026, 2, 20), max: Date.UTC(2026, 3, 5) });
    fc.assert(
      fc.property(
        fc.constantFrom(shanghai, urumqi, berlin),
        start,
        fc.integer({ min: 1, max: 12 * DAY }),
        fc.subarray(temporal),
        fc.constantFrom(undefined, 'UTC', 'America/New_York', 'Asia/Kolkata'),
        (site, from, length, by, zone) => {
          const window = { from, to: from + length };
          const cells = cutWindow({ site, window, by, zone });
          expect(cells[0]?.from).toBe(window.from);
          expect(cells.at(-1)?.to).toBe(window.to);
          const whole = wholeCells(site, { from: from - 3 * DAY, to: window.to + 3 * DAY });
          for (const [index, cell] of cells.entries()) {
            expect(cell.to).toBeGreaterThan(cell.from);
            expect(cells[index + 1]?.from ?? window.to).toBe(cell.to);
            expect(Object.keys(cell.key).sort()).toEqual([...by].sort());
            if (cell.grain === null) continue;
            expect(whole[cell.grain]).toContainEqual(
              expect.objectContaining({ from: cell.from, to: cell.to }),
            );
          }
        },
      ),
    );
  });

  it('takes production days where they fit, and hours at the edges', () => {
    const cells = cutWindow({
      site: shanghai,
      window: { from: MONDAY_8 - 90 * MINUTE, to: MONDAY_8 + 2 * DAY + HOUR },
      by: [],
    });
    expect(cells.map(({ grain, from }) => [grain, (from - MONDAY_8) / MINUTE])).toEqual([
      [null, -90],
      ['hour', -60],
      ['day', 0],
      ['day', 1440],
      ['hour', 2880],
    ]);
  });

  it('keeps the time outside shifts apart from the shifts', () => {
    const cells = cutWindow({
      site: urumqi,
      // Monday 09:30 to Tuesday 09:30 in Urumqi (UTC+6).
      window: { from: Date.UTC(2026, 0, 5, 3, 30), to: Date.UTC(2026, 0, 6, 3, 30) },
      by: ['shift'],
    });
    expect(cells[0]).toMatchObject({ grain: 'shift', key: { shift: 'day' } });
    expect(cells.slice(1).every(({ key }) => key.shift === null)).toBe(true);
    expect(cells.slice(1).reduce((sum, { from, to }) => sum + to - from, 0)).toBe(16 * HOUR);
  });

  it('books a night shift on the day it starts on', () => {
    const cells = cutWindow({
      site: berlin,
      window: { from: Date.UTC(2026, 0, 5, 21), to: Date.UTC(2026, 0, 6, 5) },
      by: ['day', 'shift'],
    });
    expect(cells).toEqual([
      expect.objectContaining({ grain: 'shift', key: { day: '2026-01-05', shift: 'late' } }),
    ]);
  });

  it('cuts hours and days in another zone where one is given', () => {
    const window = { from: MONDAY_8, to: MONDAY_8 + DAY };
    const cells = cutWindow({ site: shanghai, window, by: ['day'], zone: 'UTC' });
    expect([...new Set(cells.map(({ key }) => key.day))]).toEqual(['2026-01-04', '2026-01-05']);
  });

  it("fills the days of another zone with the site's own days and hours, which alone are recorded", () => {
    const window = { from: MONDAY_8, to: MONDAY_8 + 3 * DAY };
    const grains = (by: readonly ('day' | 'hour')[], zone: string) =>
      Object.entries(
        Object.groupBy(cutWindow({ site: shanghai, window, by, zone }), (cell) => `${cell.grain}`),
      )
        .map(([grain, cells]) => `${grain} ${cells?.length}`)
        .join(', ');
    expect(grains([], 'UTC')).toBe('day 3');
    expect(grains(['day'], 'UTC')).toBe('hour 72');
    // Its days begin within an hour of Shanghai, three of them in the window; none of its hours is one.
    expect(grains(['day'], 'Asia/Kolkata')).toBe('hour 69, null 6');
    expect(grains(['hour'], 'Asia/Kolkata')).toBe('null 73');
  });

  it('gives an empty window one empty cell', () => {
    const cells = cutWindow({
      site: shanghai,
      window: { from: MONDAY_8, to: MONDAY_8 },
      by: ['day', 'hour'],
    });
    expect(cells).toEqual([
      {
        from: MONDAY_8,
        to: MONDAY_8,
        grain: null,
        key: { day: '2026-01-05', hour: '2026-01-05T00:00:00.000Z' },
      },
    ]);
  });
});

describe('the running period', () => {
  it('is the shift that runs, its breaks included', () => {
    expect(periodAt(shanghai, MONDAY_8 + 4.5 * HOUR)).toEqual({
      from: MONDAY_8,
      to: MONDAY_8 + 12 * HOUR,
      day: '2026-01-05',
      shift: 'day',
    });
  });

  it('is the production day where no shift runs', () => {
    const sundayNight = MONDAY_8 - 5 * HOUR;
    expect(periodAt(shanghai, sundayNight)).toEqual({
      from: MONDAY_8 - DAY,
      to: MONDAY_8,
      day: '2026-01-04',
      shift: null,
    });
  });
});
