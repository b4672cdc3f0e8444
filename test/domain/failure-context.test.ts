import { describe, expect, test } from 'vitest';
import type { CalendarPiece } from '../../domain/calendar.ts';
import { earlierFailure, piecesBefore } from '../../domain/failure-context.ts';
import { MACHINE_DEFAULTS, type Machine, type Site } from '../../domain/plant.ts';
import { editOf } from './edits.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Monday at six, when the only shift of the week days begins. */
const MONDAY = Date.UTC(2026, 2, 9, 6);
const machine: Machine = { ...MACHINE_DEFAULTS, path: 'a/b/c/d/e', declared: true, maxSilenceMs: null };
const site: Site = {
  ...{ path: 'a/b', zone: 'UTC', dayStart: 360 },
  shifts: [{ id: 'early', start: 360, end: 840, days: [1, 2, 3, 4, 5], breaks: [] }],
};

describe('the calendar before an instant', () => {
  const before = (of: Site | undefined, instant: number, maintained: Pick<Machine, 'maintenance'> = {}) =>
    piecesBefore(maintained, of, instant).map(({ from, to, planned }) => [
      (from - instant) / HOUR,
      (to - instant) / HOUR,
      planned,
    ]);
  const LAST = -1 / HOUR;

  test('begins with the last millisecond of working time', () => {
    expect(before(undefined, MONDAY)).toEqual([[LAST, 0, 'scheduled']]);
    expect(before(site, MONDAY + HOUR)).toEqual([[LAST, 0, 'scheduled']]);
  });

  test('has the time since then that is none, be it a night, a weekend or a season', () => {
    const nights = before(site, MONDAY + DAY);
    expect(nights[0]).toEqual([-16 + LAST, -16, 'scheduled']);
    expect(nights.slice(1).every(([, , planned]) => planned === 'not-scheduled')).toBe(true);
    expect(nights.at(-1)?.[1]).toBe(0);
    expect(before(site, MONDAY)[0]).toEqual([-64 + LAST, -64, 'scheduled']);
    const seasonal = { ...site, exceptions: [{ from: '2025-12-01', until: '2026-03-08', shifts: [] }] };
    expect(before(seasonal, MONDAY)[0]?.[2]).toBe('scheduled');
    expect(before(seasonal, MONDAY)[0]?.[1]).toBe((Date.UTC(2025, 10, 28, 14) - MONDAY) / HOUR);
  });

  test('is none where no time ever counts', () => {
    const closed = { ...site, exceptions: [{ from: '2020-01-01', until: '2026-12-31', shifts: [] }] };
    expect(before(closed, MONDAY)).toEqual([]);
  });

  test('leaves out the machine’s own maintenance, and counts time in which the site lets machines break down', () => {
    const maintenance = [{ from: MONDAY - 70 * HOUR, to: MONDAY - 60 * HOUR }];
    expect(before(site, MONDAY, { maintenance })[0]).toEqual([-70 + LAST, -70, 'scheduled']);
    const always: Site = {
      ...site,
      classes: [{ class: 'breakdown', states: ['down'], planned: ['not-scheduled'] }],
    };
    expect(before(always, MONDAY)).toEqual([[LAST, 0, 'not-scheduled']]);
  });
});

describe('a failure that may have begun earlier', () => {
  const SINCE = MONDAY - 64 * HOUR;
  /** Read from a quarter of an hour before Monday's shift; the last working time before it ended on Friday. */
  const earlier = (
    states: readonly (readonly [hour: number, state: string])[],
    { from = MONDAY - HOUR / 4, edited = false, of = site, pieces = [piece(SINCE - 1, MONDAY)] }: Given = {},
  ) =>
    earlierFailure({
      machine,
      site: of ?? undefined,
      facts: {
        ...{ machine: machine.path, silences: [] },
        series: [
          {
            signal: 'state',
            ts: states.map(([hour]) => MONDAY + hour * HOUR),
            values: states.map(([, state]) => state),
          },
        ],
      },
      entered: { edits: edited ? [editOf({ id: 'a', seq: 1, from: 0, to: 1 })] : [] },
      ...{ from, before: pieces, asOf: MONDAY + 8 * HOUR },
    });
  interface Given {
    readonly from?: number;
    readonly edited?: boolean;
    readonly of?: Site | null;
    readonly pieces?: readonly CalendarPiece[];
  }
  const piece = (from: number, to: number): CalendarPiece => ({
    ...{ from, to, planned: 'scheduled', shift: null, day: '2026-03-06' },
  });

  test('is looked for since the last working time, where a breakdown lasts into the span', () => {
    expect(earlier([[-20, 'down']])).toBe(SINCE - 1);
    expect(
      earlier([
        [-20, 'down'],
        [1, 'running'],
      ]),
    ).toBe(SINCE - 1);
    // Said again, it is the same stretch.
    expect(
      earlier([
        [-20, 'down'],
        [-0.1, 'down'],
        [1, 'running'],
      ]),
    ).toBe(SINCE - 1);
  });

  test('is none where it ended before the span, or begins in what was read', () => {
    expect(
      earlier([
        [-20, 'down'],
        [-0.1, 'running'],
      ]),
    ).toBeNull();
    expect(
      earlier([
        [-20, 'down'],
        [0, 'running'],
      ]),
    ).toBeNull();
    expect(
      earlier([
        [-20, 'running'],
        [-0.1, 'down'],
      ]),
    ).toBeNull();
    expect(earlier([[-0.1, 'down']])).toBeNull();
    // The stretch that counts is the one that holds where reading began.
    expect(
      earlier([
        [-20, 'idle'],
        [-0.25, 'down'],
        [1, 'running'],
      ]),
    ).toBe(SINCE - 1);
  });

  test('is none of a state that is no breakdown, unless people said something of it', () => {
    expect(earlier([[-20, 'idle']])).toBeNull();
    expect(earlier([[-20, 'idle']], { edited: true })).toBe(SINCE - 1);
    const of: Site = { ...site, classes: [{ class: 'breakdown', states: ['idle'] }] };
    expect(earlier([[-20, 'idle']], { of })).toBe(SINCE - 1);
  });

  test('is none where all since the last working time was read, or there was none', () => {
    expect(earlier([[-20, 'down']], { from: SINCE - 1 })).toBeNull();
    expect(earlier([[-70, 'down']], { from: SINCE })).toBe(SINCE - 1);
    expect(earlier([[-20, 'down']], { pieces: [] })).toBeNull();
  });

  test('is looked for also without a site', () => {
    expect(earlier([[-20, 'down']], { of: null })).toBe(SINCE - 1);
  });
});
