import { expect, test } from 'vitest';
import { shiftsFrom } from '../../simulators/calendar.ts';
import { maintenanceFrom } from '../../simulators/maintenance.ts';
import type { SiteConfig } from '../../simulators/plant-config.ts';
import { TWO_CREWS } from '../../simulators/rotations.ts';
import { TWO_SHIFTS } from '../../simulators/shifts.ts';

const SITE: SiteConfig = { path: 'e/s', zone: 'Asia/Shanghai', dayStart: '08:00', shifts: TWO_SHIFTS };

/** The dates on which shifts start, from a date on, for so many days, with how many do. */
function startsOf(site: SiteConfig, date: string, days: number): Readonly<Record<string, number>> {
  const from = Date.parse(`${date}T00:00:00+08:00`);
  const starts: Record<string, number> = {};
  for (const shift of shiftsFrom(site, from)) {
    if (shift.from >= from + days * 86_400_000) break;
    if (shift.from < from) continue;
    const day = new Date(shift.from + 8 * 3_600_000).toISOString().slice(0, 10);
    starts[day] = (starts[day] ?? 0) + 1;
  }
  return starts;
}

test('a rotation goes before weekdays, and a day that names no shift has none', () => {
  // 2026-03-01 is a Sunday.
  expect(startsOf({ ...SITE, rotation: TWO_CREWS }, '2026-03-01', 4)).toEqual({
    '2026-03-02': 2,
    '2026-03-03': 2,
    '2026-03-04': 2,
  });
  const odd = { anchor: '2026-03-02', days: [{ late: 'A' }, {}] };
  expect(startsOf({ ...SITE, rotation: odd }, '2026-03-01', 5)).toEqual({ '2026-03-02': 1, '2026-03-04': 1 });
  // Before its anchor the cycle goes on backwards.
  expect(startsOf({ ...SITE, rotation: odd }, '2026-02-27', 3)).toEqual({ '2026-02-28': 1 });
});

test('nothing starts on a public holiday, and a make-up Sunday is a Monday where nothing rotates', () => {
  const holidays = { ...SITE, holidays: 'cn' };
  // National Day and Mid-Autumn Festival of 2025: 1 to 8 October; Sunday 28 September and Saturday 11 October are worked.
  expect(startsOf(holidays, '2025-09-27', 16)).toEqual({
    ...{ '2025-09-27': 2, '2025-09-28': 2, '2025-09-29': 2, '2025-09-30': 2 },
    ...{ '2025-10-09': 2, '2025-10-10': 2, '2025-10-11': 2 },
  });
  // A day of the cycle stays one.
  expect(startsOf({ ...holidays, rotation: TWO_CREWS }, '2025-09-27', 3)).toEqual({
    '2025-09-27': 2,
    '2025-09-29': 2,
  });
});

test('planned windows come each week, over midnight too', () => {
  const monday = Date.parse('2026-03-02T00:00:00+08:00');
  const rules = [
    { days: [1, 3], start: '08:30', end: '10:00' },
    { days: [2], start: '23:00', end: '01:00' },
  ];
  const windows = [];
  for (const window of maintenanceFrom(rules, 'Asia/Shanghai', monday)) {
    if (windows.push(window) === 4) break;
  }
  const hours = windows.map(({ from, to }) => [(from - monday) / 3_600_000, (to - monday) / 3_600_000]);
  expect(hours).toEqual([
    [8.5, 10],
    [47, 49],
    [56.5, 58],
    [176.5, 178],
  ]);
  expect([...maintenanceFrom([], 'Asia/Shanghai', monday)]).toEqual([]);
});
