import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interval, Timeline } from '../../dashboards/web/src/api.ts';
import { clamped, moved, SHORTEST_MS, zoomed } from '../../dashboards/web/src/machine/axis.ts';
import { bucketMs, runsOf, samplesOf } from '../../dashboards/web/src/machine/buckets.ts';
import { BINS, columnsOf, heightsOf, STACK } from '../../dashboards/web/src/machine/columns.ts';
import { calendarOf } from '../../dashboards/web/src/machine/marks.ts';
import { stopAsked, stopName } from '../../dashboards/web/src/machine/stop.ts';
import { ticksOf } from '../../dashboards/web/src/machine/ticks.ts';
import { indexAt, matching, trackOf } from '../../dashboards/web/src/machine/track.ts';
import { STATES, type State } from '../../domain/state.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 0, 5);

const timelineOf = (parts: readonly (readonly [State, number, (string | null)?])[]): Timeline => {
  let at = T0;
  const intervals = parts.map(([state, ms, reason = null]): Interval => {
    const from = new Date(at).toISOString();
    at += ms;
    return { from, to: new Date(at).toISOString(), state, raw: state, reason, source: 'observed' };
  });
  const span = { from: new Date(T0).toISOString(), to: new Date(at).toISOString() };
  return { ...span, asOf: '', keptSince: null, intervals };
};
const parts = fc.array(fc.tuple(fc.constantFrom(...STATES), fc.integer({ min: 1, max: 3 * HOUR })), {
  minLength: 1,
  maxLength: 60,
});

describe('views', () => {
  const whole = { from: T0, to: T0 + 30 * DAY };
  const view = fc
    .tuple(fc.integer({ min: -DAY, max: 31 * DAY }), fc.integer({ min: 1, max: 40 * DAY }))
    .map(([from, length]) => ({ from: T0 + from, to: T0 + from + length }));

  test('lie in the window, from all of it down to a minute, whatever is asked', () => {
    fc.assert(
      fc.property(view, fc.double({ min: 0.01, max: 100, noNaN: true }), (asked, factor) => {
        const first = clamped(asked, whole);
        const at = (first.from + first.to) / 2;
        for (const { from, to } of [first, zoomed(first, { at, factor, whole }), moved(first, DAY, whole)]) {
          expect(from).toBeGreaterThanOrEqual(whole.from);
          expect(to).toBeLessThanOrEqual(whole.to);
          expect(to - from).toBeGreaterThanOrEqual(SHORTEST_MS);
          expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
        }
      }),
    );
  });

  test('keep the instant that is zoomed at where it is', () => {
    const from = { from: T0 + DAY, to: T0 + 2 * DAY };
    const at = T0 + DAY + 6 * HOUR;
    const next = zoomed(from, { at, factor: 0.5, whole });
    expect((at - next.from) / (next.to - next.from)).toBeCloseTo(0.25, 6);
    expect(next.to - next.from).toBe(DAY / 2);
  });
});

describe('columns', () => {
  test('hold each millisecond of the view once, under its state', () => {
    fc.assert(
      fc.property(
        parts,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: -HOUR, max: HOUR }),
        fc.integer({ min: 1, max: 200 * HOUR }),
        (given, width, start, length) => {
          const track = trackOf(timelineOf(given));
          const view = { from: T0 + start, to: T0 + start + length };
          const columns = columnsOf(track, view, width);
          for (const [place, state] of STACK.entries()) {
            let drawn = 0;
            for (let column = 0; column < width; column++) drawn += columns[column * BINS + place] as number;
            let held = 0;
            for (const interval of track.intervals) {
              if (interval.state !== state) continue;
              const inside =
                Math.min(Date.parse(interval.to), view.to) - Math.max(Date.parse(interval.from), view.from);
              held += Math.max(0, inside);
            }
            expect(drawn).toBeCloseTo(held, 3);
          }
        },
      ),
    );
  });

  test('of time that has not come are empty', () => {
    const track = trackOf(timelineOf([['running', HOUR]]));
    const columns = columnsOf(track, { from: T0, to: T0 + 2 * HOUR }, 4);
    const heights = [0, 1, 2, 3].map((column) =>
      heightsOf(columns.subarray(column * BINS, (column + 1) * BINS), 40, 2).reduce((sum, one) => sum + one),
    );
    expect(heights).toEqual([40, 40, 0, 0]);
  });

  test('hide no stop: what occurs at all is seen, and the rest fills the height', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 40, max: 200 }), (given, height) => {
        const track = trackOf(timelineOf(given));
        const [from, to] = [T0, track.starts.at(-1) as number];
        const heights = heightsOf(columnsOf(track, { from, to }, 1), height, 2);
        expect(heights.reduce((sum, one) => sum + one)).toBe(height);
        for (const [place, state] of STACK.entries()) {
          const occurs = given.some(([held]) => held === state);
          if (occurs) expect(heights[place]).toBeGreaterThanOrEqual(2);
          else expect(heights[place]).toBe(0);
        }
      }),
    );
  });

  test('tell apart what a filter dims', () => {
    const track = trackOf(
      timelineOf([
        ['down', HOUR, 'tool'],
        ['down', HOUR, 'material'],
        ['running', HOUR],
      ]),
    );
    const view = { from: T0, to: T0 + 3 * HOUR };
    const columns = columnsOf(track, view, 3, matching(track, 'down', 'tool'));
    const [down, running] = [STACK.indexOf('down'), STACK.indexOf('running')];
    expect([
      columns[down],
      columns[BINS + down + STACK.length],
      columns[2 * BINS + running + STACK.length],
    ]).toEqual([HOUR, HOUR, HOUR]);
  });
});

test('the interval of an instant is found, and none outside', () => {
  const track = trackOf(
    timelineOf([
      ['running', HOUR],
      ['down', MINUTE],
      ['running', HOUR],
    ]),
  );
  const at = (ms: number): number => indexAt(track, T0 + ms);
  expect([at(-1), at(0), at(HOUR - 1), at(HOUR), at(HOUR + MINUTE), at(2 * HOUR + MINUTE)]).toEqual([
    -1, 0, 0, 1, 2, -1,
  ]);
  expect(indexAt(trackOf(timelineOf([])), T0)).toBe(-1);
});

describe('tick marks', () => {
  const marks = (from: string, length: number, zone: string) =>
    ticksOf({ from: Date.parse(from), to: Date.parse(from) + length }, { zone, width: 1000, apart: 80 });

  test('are round by the clock of the plant', () => {
    const { stepMs, ticks } = marks('2026-01-05T00:10:00Z', 10 * HOUR, 'Asia/Kathmandu');
    expect(stepMs).toBe(HOUR);
    // 05:55 there; the first whole hour is 06:00.
    expect(ticks[0]?.at).toBe(Date.parse('2026-01-05T00:15:00Z'));
  });

  test('of a night on which the clock goes forward stay whole hours, and midnight is marked', () => {
    const { ticks } = marks('2026-03-28T22:30:00Z', 10 * HOUR, 'Europe/Berlin');
    expect(ticks.find(({ day }) => day)?.at).toBe(Date.parse('2026-03-28T23:00:00Z'));
    expect(ticks.every(({ at }) => at % HOUR === 0)).toBe(true);
    expect(ticks).toHaveLength(10);
  });

  test('are never crowded, from a minute to a year', () => {
    for (let length = MINUTE; length < 400 * DAY; length *= 3) {
      const { ticks } = marks('2026-01-05T00:00:00Z', length, 'Asia/Shanghai');
      expect(ticks.length).toBeLessThanOrEqual(13);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
    }
  });
});

describe('trends', () => {
  test('show every observation of a short view, and buckets of a few pixels else', () => {
    expect(bucketMs({ from: T0, to: T0 + 10 * MINUTE }, 1000)).toBeNull();
    expect(bucketMs({ from: T0, to: T0 + 8 * HOUR }, 1000)).toBe(2 * MINUTE);
    expect(bucketMs({ from: T0, to: T0 + 30 * DAY }, 1000)).toBe(4 * HOUR);
  });
  test('of a counter are its last values, of a gauge the means; words are passed over', () => {
    const points = [[T0, 1, 2, 9, 5] as const];
    expect(samplesOf(points, { counter: true, everyMs: 1000 })[0]).toMatchObject({ at: T0 + 500, value: 5 });
    expect(samplesOf(points, { counter: false, everyMs: 1000 })[0]).toMatchObject({
      value: 2,
      low: 1,
      high: 9,
    });
    expect(samplesOf([[T0, 'x' as unknown as number]], { counter: false, everyMs: null })).toEqual([]);
  });
  test('are broken where the machine was silent for longer than it may be', () => {
    const samples = [0, 1, 2, 30, 31].map((at) => ({ at, low: 0, high: 0, value: 0 }));
    expect(runsOf(samples, 10).map((run) => run.length)).toEqual([3, 2]);
    expect(runsOf(samples, Number.POSITIVE_INFINITY)).toHaveLength(1);
    expect(runsOf([], 10)).toEqual([]);
  });
});

test('a stop stands in the address, whatever its reason', () => {
  for (const reason of [null, '', 'tool', 'a:b', '换模&?#']) {
    const stop = { state: 'down' as const, reason };
    expect(stopAsked(stopName(stop))).toEqual(stop);
  }
  expect(stopAsked('asleep:tool')).toBeNull();
  expect(stopAsked(null)).toBeNull();
});

test('days and shifts are those of the ledger; time outside shifts has no border of its own', () => {
  const row = (day: string, shift: string | null, from: number, to: number) => ({
    key: { day, shift },
    from: new Date(T0 + from * HOUR).toISOString(),
    to: new Date(T0 + to * HOUR).toISOString(),
  });
  const rows = [
    row('2026-01-05', 'day', 0, 12),
    row('2026-01-05', null, 12, 24),
    row('2026-01-06', 'day', 24, 36),
  ];
  const { days, shifts } = calendarOf({ asOf: '', rows } as unknown as Parameters<typeof calendarOf>[0]);
  expect(days.map(({ name, from, to }) => [name, (from - T0) / HOUR, (to - T0) / HOUR])).toEqual([
    ['2026-01-05', 0, 24],
    ['2026-01-06', 24, 36],
  ]);
  expect(shifts.map(({ from }) => (from - T0) / HOUR)).toEqual([0, 24]);
});
