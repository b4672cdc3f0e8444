import { describe, expect, test } from 'vitest';
import { zeroMs } from '../../domain/ledger-row.ts';
import { type CheckedCell, type CheckedFacts, gradeOf, type Said } from '../../domain/plausibility/check.ts';
import { plausibilityChecks } from '../../domain/plausibility/checks/index.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 2, 2);

const cell = (hour: number, of: Partial<CheckedCell> & { runningMs?: number } = {}): CheckedCell => {
  const { runningMs = HOUR, ...rest } = of;
  return {
    ...{ from: T0 + hour * HOUR, to: T0 + (hour + 1) * HOUR, ms: { ...zeroMs(), running: runningMs } },
    runningUs: null,
    counts: { produced: 100, good: 100, reject: 0, duringUnknown: 0, extra: 0 },
    energyWh: { planned: 5000, outside: 0, duringUnknown: 0 },
    ...rest,
  };
};
const NO_PIECES = { produced: 0, good: 0, reject: 0, duringUnknown: 0, extra: 0 };
const NO_ENERGY = { planned: 0, outside: 0, duringUnknown: 0 };
const hours = (count: number, of: (hour: number) => Parameters<typeof cell>[1] = () => ({})) =>
  Array.from({ length: count }, (_, hour) => cell(hour, of(hour)));

const facts = (of: Partial<CheckedFacts> = {}): CheckedFacts => ({
  ...{ machine: 'a/b/c/d/e', from: T0, to: T0 + DAY, asOf: T0 + DAY },
  ...{ hours: [], days: [], said: [], pieces: [], gauges: [], edits: [], ...of },
});
const found = (id: string, of: Partial<CheckedFacts>) =>
  plausibilityChecks.find((check) => check.id === id)?.find(facts(of));

/** Gaps that nothing repeats. */
const uneven = (count: number, begin = T0, seed = 1): Said[] => {
  const said: Said[] = [];
  let ts = begin;
  let state = seed;
  for (let index = 0; index < count; index++) {
    state = (state * 48_271) % 2_147_483_647;
    ts += 60_000 + (state % 120_000);
    said.push({ ts, what: index % 2 === 0 ? 'running' : 'idle' });
  }
  return said;
};

test('nothing is found where nothing is known', () => {
  for (const check of plausibilityChecks) expect(check.find(facts())).toEqual([]);
});

test('the lowest grade stands', () => {
  expect([gradeOf([]), gradeOf(['B']), gradeOf(['B', 'C', 'B'])]).toEqual(['A', 'B', 'C']);
});

describe('effectiveness above 1', () => {
  const day = (neededMs: number, runningMs = 10 * HOUR): CheckedCell => ({
    ...cell(0, { runningMs }),
    runningUs: {
      productive: BigInt(neededMs - 1000) * 1000n,
      rejectLoss: 1_000_000n,
      speedLoss: BigInt(runningMs - neededMs) * 1000n,
    },
  });
  test('a day with more pieces than its running time allows', () => {
    expect(found('effectiveness-above-1', { days: [day(11 * HOUR)] })).toMatchObject([
      { from: T0, evidence: { ratio: 1.1, neededMs: 11 * HOUR, runningMs: 10 * HOUR } },
    ]);
  });
  test('not within a hundredth, not in minutes of running, not without an ideal cycle', () => {
    const days = [day(10 * HOUR + MINUTE), day(HOUR, 30 * MINUTE), cell(0)];
    expect(found('effectiveness-above-1', { days })).toEqual([]);
  });
});

describe('running without pieces', () => {
  const idle = (from: number, to: number) =>
    hours(12, (hour) => (hour >= from && hour < to ? { counts: NO_PIECES } : {}));
  test('hours in which a hundred pieces could have been made', () => {
    expect(found('running-without-pieces', { hours: idle(4, 8) })).toEqual([
      {
        ...{ from: T0 + 4 * HOUR, to: T0 + 8 * HOUR },
        evidence: { runningMs: 4 * HOUR, pieces: 0, expectedPieces: 400 },
      },
    ]);
  });
  test('not two hours, not a slow machine, not one that never counts, not one that stands', () => {
    expect(found('running-without-pieces', { hours: idle(4, 6) })).toEqual([]);
    const slow = idle(4, 8).map((one) =>
      one.counts.produced > 0 ? { ...one, counts: { ...NO_PIECES, produced: 2 } } : one,
    );
    expect(found('running-without-pieces', { hours: slow })).toEqual([]);
    expect(found('running-without-pieces', { hours: idle(0, 12) })).toEqual([]);
    const standing = hours(12, (hour) => (hour < 8 ? { counts: NO_PIECES, runningMs: 10 * MINUTE } : {}));
    expect(found('running-without-pieces', { hours: standing })).toEqual([]);
  });
});

describe('running without energy', () => {
  const dark = (from: number, to: number, energyWh: CheckedCell['energyWh'] = NO_ENERGY) =>
    hours(12, (hour) => (hour >= from && hour < to ? { energyWh } : {}));
  test('hours of running in which a meter that counts at other times stood still', () => {
    expect(found('running-without-energy', { hours: dark(2, 5) })).toMatchObject([
      { from: T0 + 2 * HOUR, to: T0 + 5 * HOUR, evidence: { energyWh: 0, meteredHours: 9 } },
    ]);
  });
  test('not two hours, not without a meter, not where it never counts', () => {
    expect(found('running-without-energy', { hours: dark(2, 4) })).toEqual([]);
    expect(found('running-without-energy', { hours: dark(2, 9, null) })).toEqual([]);
    expect(found('running-without-energy', { hours: dark(0, 10) })).toEqual([]);
  });
});

describe('flat line', () => {
  const gauge = (flatFrom: number, flatTo: number, value = (_hour: number) => 180) =>
    Array.from({ length: 48 }, (_, hour) => {
      const flat = hour >= flatFrom && hour < flatTo;
      const at = value(hour);
      return { from: T0 + hour * HOUR, min: at, max: flat ? at : at + 3 };
    });
  const look = (gaugeHours: ReturnType<typeof gauge>, runningMs = HOUR) =>
    found('flat-line', {
      hours: hours(48, () => ({ runningMs })),
      gauges: [{ signal: 'barrel', hours: gaugeHours }],
    });
  test('a measurement that stood still through hours of running, and varies else', () => {
    expect(look(gauge(10, 17))).toEqual([
      {
        ...{ from: T0 + 10 * HOUR, to: T0 + 17 * HOUR },
        evidence: { signal: 'barrel', value: 180, flatHours: 7, livelyHours: 41 },
      },
    ]);
  });
  test('not a setpoint, not for five hours, not while the machine stands, not in steps', () => {
    expect(look(gauge(0, 48))).toEqual([]);
    expect(look(gauge(10, 15))).toEqual([]);
    expect(look(gauge(10, 17), 0)).toEqual([]);
    expect(look(gauge(10, 17, (hour) => 180 + hour))).toEqual([]);
    // Two settings in turn: neither stood still for longer than its hour.
    expect(look(gauge(10, 24, (hour) => 180 + 20 * (hour % 2)))).toEqual([]);
  });
});

describe('periodic counts', () => {
  const counted = (length: number, ts: (index: number) => number, count = (_index: number) => 1) =>
    Array.from({ length }, (_, index) => ({ ts: T0 + ts(index), count: count(index) }));
  test('hundreds of equal counts, equally far apart', () => {
    const pieces = [
      ...counted(3, (index) => index * 1234 - 9999),
      ...counted(600, (index) => index * 30_000),
    ];
    expect(found('periodic-counts', { pieces })).toEqual([
      { from: T0, to: T0 + 599 * 30_000, evidence: { increments: 600, everyMs: 30_000, pieces: 1 } },
    ]);
  });
  test('not with a jitter of a millisecond, not of varying size, not for an hour, not one piece', () => {
    const jitter = counted(600, (index) => index * 30_000 + (index % 3 === 0 ? 1 : 0));
    const varying = counted(
      600,
      (index) => index * 30_000,
      (index) => 1 + (index % 7 === 0 ? 1 : 0),
    );
    const short = counted(600, (index) => index * 5_000);
    for (const pieces of [jitter, varying, short, counted(1, () => 0)])
      expect(found('periodic-counts', { pieces })).toEqual([]);
  });
});

describe('replayed segment', () => {
  test("yesterday's stream again, as far as it goes", () => {
    const first = uneven(80);
    const again = first.slice(0, 60).map(({ ts, what }) => ({ ts: ts + DAY, what }));
    const other = uneven(10, T0 + DAY + 5 * HOUR, 7);
    expect(found('replayed-segment', { said: [...first, ...again, ...other] })).toEqual([
      {
        ...{ from: (again[0] as Said).ts, to: (again[59] as Said).ts },
        evidence: { events: 59, differentGaps: expect.any(Number), shiftMs: DAY },
      },
    ]);
  });
  test('not what has other gaps, is too short, or only ticks', () => {
    const first = uneven(80);
    expect(found('replayed-segment', { said: [...first, ...uneven(80, T0 + DAY, 9)] })).toEqual([]);
    const brief = first.slice(0, 20).map(({ ts, what }) => ({ ts: ts + DAY, what }));
    expect(found('replayed-segment', { said: [...first, ...brief] })).toEqual([]);
    const ticking = Array.from({ length: 300 }, (_, index) => ({ ts: T0 + index * MINUTE, what: '+1' }));
    expect(found('replayed-segment', { said: ticking })).toEqual([]);
    // A burst of a few minutes, twice.
    const burst = (begin: number) =>
      first.map(({ ts, what }) => ({ ts: begin + Math.round((ts - T0) / 100), what }));
    expect(found('replayed-segment', { said: [...burst(T0), ...burst(T0 + DAY)] })).toEqual([]);
  });
});

describe('edits shortly before an assessment', () => {
  const asOf = T0 + 30 * DAY;
  const edit = (
    daysAgo: number,
    age: number,
    cause: CheckedFacts['edits'][number]['cause'] = 'annotation',
  ) => {
    const at = asOf - daysAgo * DAY;
    return { at, cause, from: at - age * DAY - HOUR, to: at - age * DAY };
  };
  test('of time that was long past, by cause', () => {
    const edits = [edit(1, 10), edit(2, 5), edit(3, 9, 'correction'), edit(2, 9, 'late-data')];
    expect(found('late-edits', { asOf, edits })).toMatchObject([
      { evidence: { cause: 'annotation', cells: 2, newestAt: new Date(asOf - DAY).toISOString() } },
      { evidence: { cause: 'correction', cells: 1 } },
    ]);
  });
  test('not of yesterday, not long before, not after, not what came late by itself', () => {
    const edits = [edit(1, 2), edit(8, 9), edit(-1, 9), edit(1, 9, 'late-data'), edit(1, 9, 'formula')];
    expect(found('late-edits', { asOf, edits })).toEqual([]);
  });
});
