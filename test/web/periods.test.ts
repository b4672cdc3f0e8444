import { describe, expect, test } from 'vitest';
import { type PeriodChoice, periodOf } from '../../dashboards/web/src/assess/periods.ts';

const NOWHERE = { from: '', to: '' };
const HOUR = 3_600_000;
const iso = (
  choice: PeriodChoice,
  zone: string,
  now: string,
  { own = NOWHERE, dayStartMs = 0 } = {},
): string[] | null => {
  const period = periodOf(choice, { days: { zone, dayStartMs }, now: Date.parse(now), own });
  return period && [period.from, period.to].map((ms) => new Date(ms).toISOString());
};

describe('the period to assess', () => {
  test.each([
    ['last-30-days', 'Asia/Shanghai', '2026-03-15T10:00:00+08:00', '2026-02-13', '2026-03-15', '+08:00'],
    // Just after midnight in Shanghai it is still the day before in UTC.
    ['last-30-days', 'Asia/Shanghai', '2026-03-15T00:01:00+08:00', '2026-02-13', '2026-03-15', '+08:00'],
    ['last-month', 'Asia/Shanghai', '2026-01-01T03:00:00+08:00', '2025-12-01', '2026-01-01', '+08:00'],
    ['last-quarter', 'Asia/Shanghai', '2026-02-28T10:00:00+08:00', '2025-10-01', '2026-01-01', '+08:00'],
    ['last-quarter', 'UTC', '2026-12-31T23:00:00Z', '2026-07-01', '2026-10-01', 'Z'],
  ] as const)('%s in %s at %s', (choice, zone, now, from, to, offset) => {
    const at = (day: string): string => new Date(`${day}T00:00:00${offset}`).toISOString();
    expect(iso(choice, zone, now)).toEqual([at(from), at(to)]);
  });

  test('production days begin when the site says, and the one under way is not over', () => {
    const at = (now: string) => iso('last-30-days', 'Asia/Shanghai', now, { dayStartMs: 8 * HOUR });
    expect(at('2026-03-15T07:59:00+08:00')).toEqual(['2026-02-12T00:00:00.000Z', '2026-03-14T00:00:00.000Z']);
    expect(at('2026-03-15T08:00:00+08:00')).toEqual(['2026-02-13T00:00:00.000Z', '2026-03-15T00:00:00.000Z']);
  });

  test('days on both sides of a clock change begin at their own midnight', () => {
    const own = { from: '2026-03-28', to: '2026-03-29' };
    expect(iso('own', 'Europe/Berlin', '2026-04-10T00:00:00Z', { own })).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  test('a last day that is today ends now: nothing is known of the future', () => {
    const own = { from: '2026-03-01', to: '2026-03-15' };
    expect(iso('own', 'UTC', '2026-03-15T10:30:00Z', { own })).toEqual([
      '2026-03-01T00:00:00.000Z',
      '2026-03-15T10:30:00.000Z',
    ]);
  });

  test.each([
    ['no day', NOWHERE],
    ['the wrong order', { from: '2026-03-02', to: '2026-03-01' }],
    ['the future', { from: '2026-04-01', to: '2026-04-02' }],
  ])('%s is no period', (_why, own) => expect(iso('own', 'UTC', '2026-03-15T10:00:00Z', { own })).toBeNull());
});
