import { expect, test } from 'vitest';
import { dateIn, isMonth, monthAfter, spanOf, weeksOf } from '../../dashboards/web/src/calendar/month.ts';

test('months follow one another over years, and what is no month is told', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-03', -14)]).toEqual([
    '2027-01',
    '2025-12',
    '2025-01',
  ]);
  expect(['2026-00', '2026-13', '26-01', '', null].filter(isMonth)).toEqual([]);
  expect(isMonth('2026-10')).toBe(true);
});

test('the span of a month has room for every zone and for days that begin late', () => {
  expect(spanOf('2026-02')).toEqual({ from: '2026-01-31T00:00:00.000Z', to: '2026-03-03T00:00:00.000Z' });
});

test('a month is laid out in weeks from Monday; only its own days, and those that are known, stand in it', () => {
  const days = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01'].map((day) => ({ day }));
  // 1 February 2026 is a Sunday.
  const weeks = weeksOf('2026-02', days);
  expect(weeks).toHaveLength(5);
  expect(weeks[0]).toEqual([null, null, null, null, null, null, { day: '2026-02-01' }]);
  expect(weeks[4]?.[5]).toEqual({ day: '2026-02-28' });
  expect(weeks.flat().filter(Boolean)).toHaveLength(2);
  expect(weeksOf('2021-02', [])).toHaveLength(4);
});

test('today is that of the plant', () => {
  expect(dateIn('Asia/Shanghai', Date.UTC(2026, 0, 31, 16))).toBe('2026-02-01');
  expect(dateIn('Europe/Berlin', Date.UTC(2026, 0, 31, 16))).toBe('2026-01-31');
});
