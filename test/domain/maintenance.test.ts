import { describe, expect, test } from 'vitest';
import type { CalendarPiece } from '../../domain/calendar.ts';
import { maintenanceIn, withMaintenance } from '../../domain/maintenance.ts';
import type { WeeklyMaintenance } from '../../domain/plant.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday. */
const MONDAY = Date.UTC(2026, 2, 2);
const hours = (from: number, to: number) => ({ from: MONDAY + from * HOUR, to: MONDAY + to * HOUR });
const inHours = (spans: readonly { readonly from: number; readonly to: number }[]) =>
  spans.map(({ from, to }) => [(from - MONDAY) / HOUR, (to - MONDAY) / HOUR]);

describe('windows that were planned once', () => {
  const windowsIn = (span: readonly [number, number], ...windows: readonly (readonly [number, number])[]) =>
    inHours(
      maintenanceIn(
        windows.map(([from, to]) => hours(from, to)),
        'UTC',
        hours(...span),
      ),
    );

  test('are given whole and in order, where they touch the span', () => {
    expect(windowsIn([4, 8], [7, 9], [0, 4], [3, 5], [8, 9])).toEqual([
      [3, 5],
      [7, 9],
    ]);
  });

  test('are put together where one follows on another, overlaps it or lies in it', () => {
    expect(windowsIn([0, 24], [1, 2], [2, 3], [5, 8], [6, 7], [7.5, 9], [10, 11])).toEqual([
      [1, 3],
      [5, 9],
      [10, 11],
    ]);
  });
});

describe('windows of every week', () => {
  const night: WeeklyMaintenance = { days: [1, 3], start: 22 * 60, end: 2 * 60 };
  const windowsIn = (rule: WeeklyMaintenance, from: number, to: number) =>
    inHours(maintenanceIn([rule], 'UTC', hours(from, to)));

  test('begin on their weekdays, and run past midnight', () => {
    expect(windowsIn(night, 0, 7 * 24)).toEqual([
      [22, 26],
      [70, 74],
    ]);
    // Tuesday from one o'clock on has the end of Monday's; to midnight on Wednesday, that day's beginning.
    expect(windowsIn(night, 25, 70.5)).toEqual([
      [22, 26],
      [70, 74],
    ]);
    expect(windowsIn(night, 26, 70)).toEqual([]);
  });

  test('begin on the first date at the earliest, and on the last at the latest', () => {
    const begun = (rule: Partial<WeeklyMaintenance>) =>
      windowsIn({ ...night, days: [1, 2, 3, 4, 5, 6, 7], ...rule }, 0, 4 * 24).map(([from]) => from);
    expect(begun({})).toEqual([-2, 22, 46, 70, 94]);
    expect(begun({ since: '2026-03-03' })).toEqual([46, 70, 94]);
    expect(begun({ until: '2026-03-03' })).toEqual([-2, 22, 46]);
    expect(begun({ since: '2026-03-03', until: '2026-03-03' })).toEqual([46]);
    expect(begun({ everyWeeks: 2 })).toEqual([-2, 22, 46, 70, 94]);
  });

  test('every third week is counted from the Monday of the first date’s week', () => {
    const rule = { ...night, days: [1, 7], since: '2026-03-04', everyWeeks: 3 };
    const days = maintenanceIn([rule], 'UTC', hours(0, 10 * 7 * 24)).map(({ from }) =>
      Math.floor((from - MONDAY) / DAY),
    );
    // The Sunday of the first week, and Monday and Sunday of the fourth, seventh and tenth.
    expect(days).toEqual([6, 21, 27, 42, 48, 63, 69]);
    const everySeventh = maintenanceIn([{ ...rule, days: [3], everyWeeks: 7 }], 'UTC', hours(0, 10 * 7 * 24));
    expect(everySeventh.map(({ from }) => Math.floor((from - MONDAY) / DAY))).toEqual([2, 51]);
  });
});

describe('a calendar with planned maintenance', () => {
  const piece = (from: number, to: number, over: Partial<CalendarPiece> = {}): CalendarPiece => ({
    ...{ planned: 'scheduled', shift: 'day', day: '2026-03-02', ...hours(from, to) },
    ...over,
  });
  const cut = (pieces: readonly CalendarPiece[], ...windows: readonly (readonly [number, number])[]) =>
    withMaintenance(
      pieces,
      windows.map(([from, to]) => hours(from, to)),
    );

  test('is as it was without any', () => {
    const pieces = [piece(0, 8)];
    expect(cut(pieces)).toEqual(pieces);
    expect(cut(pieces)).not.toBe(pieces);
    expect(cut(pieces, [8, 9])).toEqual(pieces);
  });

  test('gives scheduled time to it, before, between and after', () => {
    const maintained: Partial<CalendarPiece> = { planned: 'maintenance' };
    expect(cut([piece(0, 8)], [1, 2], [4, 5])).toEqual([
      piece(0, 1),
      piece(1, 2, maintained),
      piece(2, 4),
      piece(4, 5, maintained),
      piece(5, 8),
    ]);
    expect(cut([piece(0, 8)], [-1, 2], [6, 9])).toEqual([
      piece(0, 2, maintained),
      piece(2, 6),
      piece(6, 8, maintained),
    ]);
    expect(cut([piece(0, 8)], [-1, 9])).toEqual([piece(0, 8, maintained)]);
  });

  test('keeps breaks and time outside shifts', () => {
    const kept = [piece(0, 1, { planned: 'break' }), piece(1, 2, { planned: 'not-scheduled', shift: null })];
    expect(cut(kept, [0, 2])).toEqual(kept);
  });
});
