import { describe, expect, test } from 'vitest';
import type { LedgerRow, TimeClass } from '../../dashboards/web/src/api.ts';
import { changeOf, lossesByReason, lossesOf } from '../../dashboards/web/src/line/losses.ts';
import { lineWindows, windowBetween } from '../../dashboards/web/src/line/windows.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ASKED = Date.parse('2026-03-01T00:00:00Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const day = (nth: number): string => iso(ASKED + nth * DAY).slice(0, 10);

const row = (key: LedgerRow['key'], from: number, to: number, ms: Partial<Record<TimeClass, number>> = {}) =>
  ({
    ...{ key, from: iso(from), to: iso(to) },
    ms: { ...Object.fromEntries(TIME_CLASSES.map((name) => [name, 0])), ...ms },
  }) as unknown as LedgerRow;

/** Sixteen days from 08:00 on, the last of which has run for six hours; a day shift of twelve hours in each. */
function periods() {
  const begin = (nth: number): number => ASKED + nth * DAY + 8 * HOUR;
  const now = begin(15) + 6 * HOUR;
  const days = Array.from({ length: 16 }, (_, nth) =>
    row({ day: day(nth) }, begin(nth), Math.min(begin(nth + 1), now)),
  );
  const shifts = days.flatMap(({ key, from }) => {
    const start = Date.parse(from);
    return [
      row({ ...key, shift: 'day' }, start, Math.min(start + 12 * HOUR, now)),
      ...(start + 12 * HOUR < now ? [row({ ...key, shift: null }, start + 12 * HOUR, start + DAY)] : []),
    ];
  });
  return { days: { asOf: iso(now), rows: days }, shifts: { asOf: iso(now), rows: shifts }, askedFrom: ASKED };
}

describe('the windows of a line', () => {
  const windows = lineWindows(periods());
  const span = (id: string) => {
    const { from, to, running, before } = windows.get(id) ?? {};
    return { from, to, running, before };
  };

  test('the running shift is compared with as much of the same shift as has passed', () =>
    expect(span('shift')).toEqual({
      from: '2026-03-16T08:00:00.000Z',
      to: '2026-03-16T14:00:00.000Z',
      running: true,
      before: {
        week: { from: '2026-03-09T08:00:00.000Z', to: '2026-03-09T14:00:00.000Z' },
        day: { from: '2026-03-15T08:00:00.000Z', to: '2026-03-15T14:00:00.000Z' },
      },
    }));
  test('yesterday is whole, and so is what it is compared with', () =>
    expect(span('yesterday')).toEqual({
      from: '2026-03-15T08:00:00.000Z',
      to: '2026-03-16T08:00:00.000Z',
      running: false,
      before: {
        week: { from: '2026-03-08T08:00:00.000Z', to: '2026-03-09T08:00:00.000Z' },
        day: { from: '2026-03-14T08:00:00.000Z', to: '2026-03-15T08:00:00.000Z' },
      },
    }));
  test('seven days are today and the six before, as on a machine, against the same hours a week before', () =>
    expect(span('7d')).toEqual({
      from: '2026-03-10T08:00:00.000Z',
      to: '2026-03-16T14:00:00.000Z',
      running: true,
      before: { week: { from: '2026-03-03T08:00:00.000Z', to: '2026-03-09T14:00:00.000Z' } },
    }));
  test('a day and a shift have names of their own, and only what is known is compared with', () => {
    expect(span('2026-03-02.day').from).toBe('2026-03-02T08:00:00.000Z');
    expect(span('2026-03-03').before).toEqual({
      day: { from: '2026-03-02T08:00:00.000Z', to: '2026-03-03T08:00:00.000Z' },
    });
    expect(windows.has('2026-03-02.null')).toBe(false);
  });
  test('without shifts there is no window of one, and of a plant that began today no other', () => {
    const { days, askedFrom } = periods();
    const today = { ...days, rows: days.rows.slice(-1) };
    const few = lineWindows({ days: today, shifts: { ...days, rows: [] }, askedFrom });
    expect([...few.keys()]).toEqual(['today', '2026-03-16']);
  });
  test('a day that the question cut is none', () =>
    expect(lineWindows({ ...periods(), askedFrom: ASKED + 8 * HOUR }).has('2026-03-01')).toBe(false));
  test('a stretch by its ends is compared with the same hours before', () =>
    expect(windowBetween({ id: 'x', from: ASKED, to: ASKED + HOUR }, ASKED + DAY).before.week).toEqual({
      from: '2026-02-22T00:00:00.000Z',
      to: '2026-02-22T01:00:00.000Z',
    }));
});

describe('losses', () => {
  const now = [
    row({ machine: 'm1' }, 0, 1, { breakdown: 5000, idle: 9000, running: 1e6, unknown: 1e6 }),
    row({ machine: 'm2' }, 0, 1, { delay: 7000 }),
  ];
  test('of every machine to every class, the largest first; neither what ran nor what is unknown', () =>
    expect(lossesOf(now, undefined).map(({ machine, name, ms }) => [machine, name, ms])).toEqual([
      ['m1', 'idle', 9000],
      ['m2', 'delay', 7000],
      ['m1', 'breakdown', 5000],
    ]));
  test('what was lost before and is no more stays in the list; a machine without a past has none', () => {
    const before = [row({ machine: 'm1' }, 0, 1, { idle: 9500, changeover: 3000 })];
    const losses = lossesOf(now, before);
    expect(losses.map((loss) => [loss.machine, loss.name, changeOf(loss)])).toEqual([
      ['m1', 'idle', 0],
      ['m2', 'delay', null],
      ['m1', 'breakdown', 5000],
      ['m1', 'changeover', -3000],
    ]);
  });
  test('of a machine that nobody heard before it is not known what it lost; where nothing was planned, it was nothing', () => {
    const before = [
      row({ machine: 'm1' }, 0, 1, { unknown: 9000, plannedStop: 10 }),
      row({ machine: 'm2' }, 0, 1),
    ];
    expect(lossesOf(now, before).map(({ machine, beforeMs }) => [machine, beforeMs])).toEqual([
      ['m1', null],
      ['m2', 0],
      ['m1', null],
    ]);
    const reasons = [{ ...now[0], reasons: [] }] as never;
    const lost = { class: 'idle', state: 'idle', reason: null, ms: 9000 };
    expect(
      lossesByReason([{ key: { machine: 'm1' }, reasons: [lost] }] as never, reasons, before)[0]?.beforeMs,
    ).toBe(null);
  });
  test('by reason, each reason is a loss of its own; one that is new was nothing before', () => {
    const part = (name: TimeClass, state: 'down' | 'running', reason: string | null, ms: number) => ({
      ...{ class: name, state, reason, ms, stops: 1, longestMs: ms },
    });
    const span = { from: iso(0), to: iso(1) };
    const rows = [
      {
        ...{ key: { machine: 'm1' }, ...span },
        reasons: [part('breakdown', 'down', 'tool', 9000), part('running', 'running', null, 1e6)],
      },
    ];
    const before = [
      {
        ...{ key: { machine: 'm1' }, ...span },
        reasons: [part('breakdown', 'down', null, 4000)],
      },
    ];
    const losses = lossesByReason(rows, before, [row({ machine: 'm1' }, 0, 1, { breakdown: 4000 })]);
    expect(losses.map((loss) => [loss.reason, loss.ms, loss.beforeMs])).toEqual([
      ['tool', 9000, 0],
      [null, 0, 4000],
    ]);
    expect(lossesByReason(rows, undefined, undefined)[0]?.beforeMs).toBe(null);
  });
});
