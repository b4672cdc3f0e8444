import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../dashboards/web/src/api.ts';
import { firstWindow, spanToAsk, windowFor } from '../../dashboards/web/src/machine/windows.ts';
import { NAMED, spanAsked } from '../../dashboards/web/src/windows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday 2026-01-05, 08:00 in Shanghai. */
const MONDAY = Date.UTC(2026, 0, 5);
const site = { zone: 'Asia/Shanghai', dayStartMs: 8 * HOUR };
const iso = (ms: number): string => new Date(ms).toISOString();
const dayOf = (at: number): string => iso(at).slice(0, 10);

/** What the ledger says when it is asked at `now` for some days before: by day, and by day and shift (08–20, 20–08). */
function ledgers(now: number, days: number, shifts = ['day', 'night']) {
  const rows = (by: 'day' | 'shift') =>
    Array.from({ length: days }, (_, place) => {
      const from = MONDAY + (Math.floor((now - MONDAY) / DAY) - days + 1 + place) * DAY;
      if (by === 'day') return [{ key: { day: dayOf(from) }, from, to: from + DAY }];
      return shifts.map((shift, at) => ({
        key: { day: dayOf(from), shift },
        from: from + at * 12 * HOUR,
        to: from + (at + 1) * 12 * HOUR,
      }));
    })
      .flat()
      .filter(({ from }) => from < now)
      .map((row) => ({ ...row, from: iso(row.from), to: iso(Math.min(row.to, now)) }));
  const ledger = (by: 'day' | 'shift', asOf: number) =>
    ({ asOf: iso(asOf), rows: rows(by) }) as unknown as Ledger;
  return { days: ledger('day', now), shifts: ledger('shift', now), now, site };
}

const now = MONDAY + 10 * DAY + 13.5 * HOUR;
const hours = (id: string, asked = ledgers(now, 31)) => {
  const window = windowFor(id, asked);
  return window && [(window.from - MONDAY) / HOUR - 240, (window.to - MONDAY) / HOUR - 240];
};

describe('windows', () => {
  test.each([
    ['shift', [12, 14], 'not over: to the end of the present hour'],
    ['last-shift', [0, 12], 'over'],
    ['today', [0, 14], 'the production day that runs'],
    ['yesterday', [-24, 0], 'the one before'],
    ['7d', [-6 * 24, 14], 'today and the six before'],
    ['30d', [-29 * 24, 14], 'today and the twenty-nine before'],
    ['2026-01-12', [-72, -48], 'a production day'],
    ['2026-01-12.night', [-60, -48], 'a shift of a day'],
    ['2026-01-12..2026-01-13', [-72, -24], 'days, both inclusive'],
  ])('%s is %j: %s', (id, wanted) => expect(hours(id)).toEqual(wanted));

  test('by their ends are taken as they are', () => {
    const id = '2026-01-05T00:00:00.000Z..2026-01-05T01:00:00.000Z';
    expect(windowFor(id, ledgers(now, 3))).toEqual({ id, from: MONDAY, to: MONDAY + HOUR });
    expect(spanAsked('2026-01-05T01:00:00Z..2026-01-05T00:00:00Z')).toBeNull();
  });

  test.each(['fortnight', '2026-13-45', '2026-01-13..2026-01-12', '..', '2026-01-12.morning'])(
    '%s names none',
    (id) => expect(windowFor(id, ledgers(now, 31))).toBeNull(),
  );

  test('of days that have not come begin as the calendar says', () => {
    const window = windowFor('2026-02-02..2026-02-03', {
      ...ledgers(now, 3),
      days: { asOf: iso(now), rows: [] },
    });
    expect([window?.from, window?.to]).toEqual([MONDAY + 28 * DAY, MONDAY + 30 * DAY]);
  });

  test('of a shift that runs are none where none does', () => {
    const off = ledgers(MONDAY + 10 * DAY + 13.5 * HOUR, 5, ['day']);
    expect(hours('shift', off)).toBeNull();
    expect(hours('last-shift', off)).toEqual([0, 12]);
  });

  test('that come first are the running shift, else today, else when the machine was last heard', () => {
    expect(firstWindow(ledgers(now, 5), now - HOUR)?.id).toBe('shift');
    expect(firstWindow(ledgers(now, 5, ['day']), null)?.id).toBe('today');
    const old = spanToAsk(null, { now, lastHeard: MONDAY + 2 * DAY + HOUR, days: site });
    expect(old.to).toBeLessThan(now - 5 * DAY);
    expect(firstWindow(ledgers(now, 11), MONDAY + 2 * DAY + HOUR)?.id).toBe('2026-01-07');
  });

  test('are asked for with as much as they need, in whole hours', () => {
    const asked = (id: string | null) => spanToAsk(id, { now, lastHeard: now, days: site });
    for (const id of [null, ...NAMED]) expect(asked(id).from % HOUR).toBe(0);
    expect(asked('30d').from).toBeLessThanOrEqual(now - 31 * DAY);
    expect(asked('2026-01-12')).toEqual({ from: MONDAY + 5 * DAY, to: MONDAY + 10 * DAY });
  });
});
