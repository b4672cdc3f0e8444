import { describe, expect, test } from 'vitest';
import { zeroMs } from '../../domain/ledger-row.ts';
import { type CheckedCell, type CheckedFacts, gradeOf, type Said } from '../../domain/plausibility/check.ts';
import { plausibilityChecks } from '../../domain/plausibility/checks/index.ts';
import { checksWithoutSetpoints, formerChecks } from '../../domain/plausibility/former-checks.ts';
import { checkedGauge } from '../../domain/plausibility/gauges.ts';
import { findingsIn, gradedBy } from '../../domain/plausibility/graded.ts';
import { checkedHour } from '../../domain/plausibility/hours.ts';

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

/** Hours as cells, of which only what is kept of them counts. */
type Given = Omit<Partial<CheckedFacts>, 'hours'> & { readonly hours?: readonly CheckedCell[] };
const facts = ({ hours: cells = [], ...of }: Given = {}): CheckedFacts => ({
  ...{ machine: 'a/b/c/d/e', from: T0, to: T0 + DAY, asOf: T0 + DAY, hours: cells.map(checkedHour) },
  ...{
    days: [],
    said: [],
    pieces: [],
    gauges: [],
    edits: [],
    alike: [],
    rhythms: [],
    periodic: [],
    unjudged: null,
  },
  ...of,
});
const found = (id: string, of: Given) => plausibilityChecks.find((check) => check.id === id)?.find(facts(of));

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
  test('an hour of running is enough to judge by, a hundredth more is not too much', () => {
    expect(found('effectiveness-above-1', { days: [day(2 * HOUR, HOUR)] })).toHaveLength(1);
    expect(found('effectiveness-above-1', { days: [day(1.01 * HOUR, HOUR)] })).toEqual([]);
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

describe('running without pieces, at its limits', () => {
  const HALF = HOUR / 2;
  const made = (counts: Partial<typeof NO_PIECES>) => ({ counts: { ...NO_PIECES, ...counts } });
  test('half an hour of each hour, and exactly a hundred pieces that could have been made', () => {
    const few = hours(12, (hour) =>
      hour >= 4 && hour < 8 ? { ...made({}), runningMs: HALF } : made({ produced: 50 }),
    );
    expect(found('running-without-pieces', { hours: few })).toMatchObject([
      { from: T0 + 4 * HOUR, evidence: { runningMs: 2 * HOUR, expectedPieces: 100 } },
    ]);
    const three = hours(12, (hour) => (hour < 3 ? made({}) : {}));
    expect(found('running-without-pieces', { hours: three })).toHaveLength(1);
  });
  test('pieces outside planned time and across a silence are pieces, running outside is running', () => {
    const outside = (hour: number) => ({
      ...{ from: T0 + hour * HOUR, to: T0 + (hour + 1) * HOUR },
      ms: { ...zeroMs(), running: HALF, extra: HALF },
      ...made({ produced: 20, duringUnknown: 10, extra: 20 }),
    });
    const all = hours(12, (hour) => (hour < 4 ? made({}) : outside(hour)));
    expect(found('running-without-pieces', { hours: all })).toMatchObject([
      { evidence: { runningMs: 4 * HOUR, expectedPieces: 200 } },
    ]);
    const only = hours(12, (hour) => (hour < 4 ? made({ extra: 1 }) : made({ duringUnknown: 1 })));
    expect(found('running-without-pieces', { hours: only })).toEqual([]);
  });
  test('not where pieces came without any running to compare with', () => {
    const never = hours(12, (hour) => (hour < 4 ? made({}) : { ...made({ produced: 5 }), runningMs: 0 }));
    expect(found('running-without-pieces', { hours: never })).toEqual([]);
  });
});

describe('running without energy, at its limits', () => {
  const some = { energyWh: { planned: 50, outside: 30, duringUnknown: 20 } };
  test('three hours with a hundred watt-hours each are a meter that counts; half an hour is running', () => {
    const all = hours(6, (hour) => (hour < 3 ? some : { energyWh: NO_ENERGY, runningMs: HOUR / 2 }));
    expect(found('running-without-energy', { hours: all })).toEqual([
      {
        ...{ from: T0 + 3 * HOUR, to: T0 + 6 * HOUR },
        evidence: { runningMs: 1.5 * HOUR, energyWh: 0, meteredHours: 3 },
      },
    ]);
  });
  test('not while it stands, and not where energy came outside planned time or across a silence', () => {
    const standing = hours(6, (hour) => (hour < 3 ? some : { energyWh: NO_ENERGY, runningMs: 0 }));
    expect(found('running-without-energy', { hours: standing })).toEqual([]);
    const outside = hours(6, (hour) => (hour < 3 ? some : { energyWh: { ...NO_ENERGY, outside: 1 } }));
    expect(found('running-without-energy', { hours: outside })).toEqual([]);
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

describe('energy that is a multiple of the count', () => {
  const counted = (hour: number, energyWh: number, produced = 50 + 10 * (hour % 10)) => ({
    counts: { ...NO_PIECES, produced },
    energyWh: { ...NO_ENERGY, planned: energyWh * produced },
  });
  test('hour by hour, however many pieces', () => {
    const all = hours(30, (hour) => (hour < 2 ? { counts: NO_PIECES } : counted(hour, 20)));
    expect(found('energy-follows-count', { hours: all })).toEqual([
      {
        ...{ from: T0 + 2 * HOUR, to: T0 + 30 * HOUR },
        evidence: { whPerPiece: 20, hours: 28, ofHours: 28 },
      },
    ]);
  });
  test('a day of hours is enough, and a thousandth to either side is as good as exact; one in twenty may differ', () => {
    const within = (hour: number) => counted(hour, 20 * (1 + 0.0009 * ((hour % 3) - 1)));
    expect(found('energy-follows-count', { hours: hours(24, within) })).toHaveLength(1);
    expect(found('energy-follows-count', { hours: hours(23, within) })).toEqual([]);
    const beside = (hours_: number) => hours(40, (hour) => counted(hour, hour < hours_ ? 21 : 20));
    expect(found('energy-follows-count', { hours: beside(2) })).toMatchObject([{ evidence: { hours: 38 } }]);
    expect(found('energy-follows-count', { hours: beside(3) })).toEqual([]);
  });
  test('not with a base load, not of a line that always makes the same, not without a meter or energy', () => {
    const based = hours(48, (hour) => {
      const produced = 50 + 10 * (hour % 10);
      return { ...counted(hour, 0, produced), energyWh: { ...NO_ENERGY, planned: 500 + 20 * produced } };
    });
    expect(found('energy-follows-count', { hours: based })).toEqual([]);
    const even = hours(48, (hour) => counted(hour, 20, 100 + (hour % 5)));
    expect(found('energy-follows-count', { hours: even })).toEqual([]);
    expect(
      found('energy-follows-count', {
        hours: hours(48, (hour) => ({ ...counted(hour, 1), energyWh: null })),
      }),
    ).toEqual([]);
    expect(found('energy-follows-count', { hours: hours(48, (hour) => counted(hour, 0)) })).toEqual([]);
  });
});

describe('flat line', () => {
  const gauge = (flatFrom: number, flatTo: number, value = (_hour: number) => 180) =>
    Array.from({ length: 48 }, (_, hour) => {
      const flat = hour >= flatFrom && hour < flatTo;
      const at = value(hour);
      return { from: T0 + hour * HOUR, to: T0 + (hour + 1) * HOUR, min: at, max: flat ? at : at + 3 };
    });
  const look = (gaugeHours: ReturnType<typeof gauge>, runningMs = HOUR) =>
    found('flat-line', {
      hours: hours(48, () => ({ runningMs })),
      gauges: [checkedGauge('barrel', gaugeHours)],
    });
  test('a measurement that stood still through hours of running, and varies else', () => {
    expect(look(gauge(10, 17))).toEqual([
      {
        ...{ from: T0 + 10 * HOUR, to: T0 + 17 * HOUR },
        evidence: { signal: 'barrel', value: 180, flatHours: 7, livelyHours: 41 },
      },
    ]);
  });
  test('six hours of half an hour of running each are enough, beside a day in which it varied', () => {
    expect(look(gauge(10, 16), HOUR / 2)).toHaveLength(1);
    expect(look(gauge(0, 24))).toMatchObject([{ evidence: { flatHours: 24, livelyHours: 24 } }]);
    expect(look(gauge(0, 25))).toEqual([]);
  });
  test('not what is set now and then, however often: it stands for longer than it changes', () => {
    // Four days of a recipe that is changed each eighth hour, in a quarter of the period or in all of it.
    const set = (hours: number) =>
      Array.from({ length: hours }, (_, hour) => {
        const at = 180 + Math.floor(hour / 8);
        const changes = hour % 8 === 0;
        const span = { from: T0 + hour * HOUR, to: T0 + (hour + 1) * HOUR };
        return { ...span, min: changes ? at - 1 : at, max: at };
      });
    const gauges = [checkedGauge('setpoint', set(200))];
    const given = { hours: hours(200), gauges };
    expect(found('flat-line', given)).toEqual([]);
    // What was kept before is verified by the check of then.
    expect(gradedBy(facts(given), checksWithoutSetpoints).findings).toHaveLength(25);
  });
  test('not what an order plans, whose quantity stands until the next one', () => {
    const gauges = ['barrel', 'orderQuantity', 'orderScrap'].map((name) => checkedGauge(name, gauge(10, 17)));
    const given = { hours: hours(48), gauges };
    expect(found('flat-line', given)).toMatchObject([{ evidence: { signal: 'barrel' } }]);
    // What was kept before is verified by the check of then.
    expect(gradedBy(facts(given), checksWithoutSetpoints).findings).toHaveLength(3);
  });
  test('a sensor that sticks for most of the time, having varied for a day before, or that drops out each day', () => {
    const stuck = Array.from({ length: 200 }, (_, hour) => {
      const span = { from: T0 + hour * HOUR, to: T0 + (hour + 1) * HOUR };
      return { ...span, min: 180, max: hour < 24 ? 183 : 180 };
    });
    const look = (all: typeof stuck) =>
      found('flat-line', { hours: hours(200), gauges: [checkedGauge('barrel', all)] });
    expect(look(stuck)).toMatchObject([{ evidence: { flatHours: 176, livelyHours: 24 } }]);
    const daily = stuck.map((one, hour) => ({ ...one, max: hour % 24 < 16 ? 183 : 180 }));
    expect(look(daily)).toHaveLength(8);
    // As often still as lively is measured; an hour more is set.
    const half = stuck.map((one, hour) => ({ ...one, max: hour % 16 < 8 && hour < 192 ? 183 : 180 }));
    expect(look(half.slice(0, 192))).toHaveLength(12);
    expect(look(half)).toEqual([]);
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
  test('five hundred in a row over four hours are enough, one less or a second less is not', () => {
    const count = (length: number, everyMs: number) =>
      found('periodic-counts', { pieces: counted(length, (index) => index * everyMs) });
    expect(count(500, 30_000)).toHaveLength(1);
    expect(count(499, 30_000)).toEqual([]);
    expect(count(501, 28_800)).toMatchObject([{ from: T0, to: T0 + 4 * HOUR }]);
    expect(count(501, 28_798)).toEqual([]);
  });
  test('each run is told by itself, the next begins where the one before ends', () => {
    const twice = [
      ...counted(600, (index) => index * 30_000),
      ...counted(
        600,
        (index) => 599 * 30_000 + (index + 1) * 40_000,
        () => 2,
      ),
    ];
    expect(found('periodic-counts', { pieces: twice })).toMatchObject([
      { from: T0, evidence: { increments: 600, everyMs: 30_000, pieces: 1 } },
      { from: T0 + 599 * 30_000, evidence: { increments: 601, everyMs: 40_000, pieces: 2 } },
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
  /** Steps one after another: after how many seconds what was said. */
  type Step = readonly [seconds: number, what: string];
  const streamOf = (steps: readonly Step[]): Said[] => {
    const said: Said[] = [{ ts: T0, what: 'begin' }];
    for (const [seconds, what] of steps) said.push({ ts: (said.at(-1) as Said).ts + seconds * 1000, what });
    return said;
  };
  /** Thirty steps with these gaps; where they run out, 59 and 61 seconds in turn. */
  const thirty = (...gaps: number[]): Step[] =>
    Array.from({ length: 30 }, (_, index) => [gaps[index] ?? (index % 2 === 0 ? 59 : 61), '+1']);
  test('from the middle of what came before', () => {
    const first = uneven(80);
    const again = first.slice(20, 60).map(({ ts, what }) => ({ ts: ts + DAY, what }));
    expect(found('replayed-segment', { said: [...first, ...again] })).toMatchObject([
      { from: (again[0] as Said).ts, to: (again[39] as Said).ts, evidence: { events: 39, shiftMs: DAY } },
    ]);
  });
  test('thirty steps that follow at once on those they repeat, and once more each by itself', () => {
    const one = thirty(51, 53, 55, 57, 59, 61, 63, 65, 67, 69);
    const shiftMs = HOUR / 2;
    expect(found('replayed-segment', { said: streamOf([...one, ...one]) })).toMatchObject([
      { from: T0 + shiftMs, to: T0 + 2 * shiftMs, evidence: { events: 30, shiftMs } },
    ]);
    expect(found('replayed-segment', { said: streamOf([...one, ...one, ...one]) })).toMatchObject([
      { from: T0 + shiftMs, evidence: { events: 30, shiftMs } },
      { from: T0 + 2 * shiftMs, evidence: { events: 30, shiftMs: 2 * shiftMs } },
    ]);
  });
  test('ten different gaps over half an hour are enough; nine, or a second less, are not, whatever else was sent', () => {
    const between = uneven(40).map(({ what }, index): Step => [300 + index, what]);
    const look = (one: readonly Step[]) =>
      found('replayed-segment', { said: streamOf([...one, ...between, ...one]) })?.map(
        ({ evidence }) => evidence,
      );
    const ten = thirty(51, 53, 55, 57, 59, 61, 63, 65, 67, 69);
    expect(look(ten)).toMatchObject([{ events: 30, differentGaps: 10 }]);
    expect(look(thirty(53, 55, 57, 59, 61, 63, 65, 67, 60, 60))).toEqual([]);
    expect(look(thirty(51, 53, 55, 57, 59, 61, 63, 65, 67, 68))).toEqual([]);
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

describe('replayed rhythm', () => {
  /** Pieces and states that nothing repeats. */
  const mixed = (count: number) =>
    uneven(count).map(({ ts, what }, index) => ({
      ts,
      what: index % 4 === 0 ? what + index : `+${1 + (index % 3)}`,
    }));
  const again = (said: readonly Said[], what: (one: Said, index: number) => string): Said[] =>
    said.map((one, index) => ({ ts: one.ts + DAY + 137, what: what(one, index) }));
  test('an earlier stretch with other counts, and none that is the same in all', () => {
    const first = mixed(80);
    const other = again(first, ({ what }, index) => (what.startsWith('+') ? `+${4 + (index % 5)}` : what));
    expect(found('replayed-segment', { said: [...first, ...other] })).toEqual([]);
    expect(found('replayed-rhythm', { said: [...first, ...other] })).toEqual([
      {
        ...{ from: (other[0] as Said).ts, to: (other[79] as Said).ts },
        evidence: { events: 79, differentGaps: expect.any(Number), shiftMs: DAY + 137 },
      },
    ]);
    const same = again(first, ({ what }) => what);
    expect(found('replayed-rhythm', { said: [...first, ...same] })).toEqual([]);
  });
  test('states alone, where counts came at other times', () => {
    const first = uneven(60);
    const second = again(first, ({ what }) => what);
    const counts = uneven(200, T0 + DAY, 77).map(({ ts }) => ({ ts, what: '+1' }));
    const said = [...first, ...second, ...counts].sort((a, b) => a.ts - b.ts);
    expect(found('replayed-segment', { said })).toEqual([]);
    expect(found('replayed-rhythm', { said })).toMatchObject([
      { from: (second[0] as Said).ts, evidence: { events: 59, shiftMs: DAY + 137 } },
    ]);
  });
  test('not what ticks, a burst, or fewer gaps than ten', () => {
    const ticking = Array.from({ length: 300 }, (_, index) => ({
      ts: T0 + index * MINUTE,
      what: `+${index}`,
    }));
    expect(found('replayed-rhythm', { said: ticking })).toEqual([]);
    const burst = (begin: number, more: number) =>
      mixed(80).map(({ ts }, index) => ({
        ts: begin + Math.round((ts - T0) / 100),
        what: `+${(index % 9) + more}`,
      }));
    expect(found('replayed-rhythm', { said: [...burst(T0, 1), ...burst(T0 + DAY, 2)] })).toEqual([]);
    const few = (begin: number, more: number) =>
      Array.from({ length: 60 }, (_, index) => ({
        ts: begin + (2 * index + (index % 3)) * MINUTE,
        what: `+${(index % 7) + more}`,
      }));
    expect(found('replayed-rhythm', { said: [...few(T0, 1), ...few(T0 + DAY, 9)] })).toEqual([]);
  });
});

test('a rhythm that lies further back than what is looked at itself is told once', () => {
  const far = { from: T0 + HOUR, to: T0 + 2 * HOUR, shiftMs: DAY, events: 40, counts: 30, differentGaps: 12 };
  const told = { from: far.from, to: far.to, evidence: { events: 40, differentGaps: 12, shiftMs: DAY } };
  expect(found('replayed-rhythm', { rhythms: [far] })).toEqual([told]);
  const first = uneven(60, T0 + 3 * DAY);
  const again = first.map(({ ts, what }) => ({ ts: ts + DAY, what }));
  const counts = uneven(200, T0 + 4 * DAY, 77).map(({ ts }) => ({ ts, what: '+1' }));
  const said = [...first, ...again, ...counts].sort((a, b) => a.ts - b.ts);
  const near = found('replayed-rhythm', { said });
  const begin = { ...far, from: (again[3] as Said).ts, to: (again[9] as Said).ts };
  expect(near).toHaveLength(1);
  expect(found('replayed-rhythm', { said, rhythms: [begin] })).toEqual(near);
  expect(found('replayed-rhythm', { said, rhythms: [far] })).toEqual([told, ...(near ?? [])]);
});

test('what was kept before is looked over by the checks of then', () => {
  expect(formerChecks.map(({ id }) => id)).not.toContain('energy-follows-count');
  expect(formerChecks.map(({ id }) => id)).not.toContain('replayed-rhythm');
  const pieces = Array.from({ length: 600 }, (_, index) => ({ ts: T0 + index * 30_000, count: 1 }));
  expect(gradedBy(facts({ pieces }), formerChecks)).toMatchObject({ grade: 'C' });
  expect(gradedBy(facts({ pieces }))).toMatchObject({ grade: 'B', findings: [{ check: 'periodic-counts' }] });
});

describe('what prints tell', () => {
  const MINE = 'a/b/c/d/e';
  const OTHER = 'a/b/c/d/f';
  const alike = (of: Partial<CheckedFacts['alike'][number]> = {}) => ({
    ...{ other: OTHER, from: T0 + HOUR, to: T0 + 2 * HOUR, shiftMs: HOUR },
    ...{ events: 40, counts: 30, differentGaps: 12, ...of },
  });
  const look = (id: string, of: Partial<CheckedFacts['alike'][number]>) =>
    found(id, { alike: [alike(of)] })?.length;

  test('a stretch of another machine, moved by ten minutes or more, is told with that machine', () => {
    expect(found('copied-stream', { alike: [alike({ shiftMs: 10 * MINUTE })] })).toEqual([
      {
        ...{ from: T0 + HOUR, to: T0 + 2 * HOUR },
        evidence: { otherMachine: OTHER, events: 40, differentGaps: 12, shiftMs: 10 * MINUTE },
      },
    ]);
    const less = [
      { events: 39 },
      { differentGaps: 11 },
      { counts: 31 },
      { to: T0 + 2 * HOUR - 1 },
      { shiftMs: 10 * MINUTE - 1 },
      { shiftMs: -HOUR },
      { other: MINE },
    ];
    expect(less.map((of) => look('copied-stream', of))).toEqual(less.map(() => 0));
    expect(look('copied-stream', { counts: 0 })).toBe(1);
  });

  test('the same states and counts at the same time are told of both', () => {
    const same = { shiftMs: 0 };
    expect(found('same-stream', { alike: [alike(same)] })).toEqual([
      {
        ...{ from: T0 + HOUR, to: T0 + 2 * HOUR },
        evidence: { otherMachine: OTHER, events: 40, differentGaps: 12, shiftMs: 0 },
      },
    ]);
    expect(look('same-stream', { shiftMs: 10 * MINUTE - 1 })).toBe(1);
    expect(look('same-stream', { ...same, events: 20 + 20, counts: 10 })).toBe(1);
    const less = [
      { events: 39, counts: 29 },
      { differentGaps: 11 },
      { counts: 31 },
      { counts: 9 },
      { to: T0 + 2 * HOUR - 1 },
      { shiftMs: 10 * MINUTE },
      { shiftMs: -1 },
      { other: MINE },
    ];
    expect(less.map((of) => look('same-stream', { ...same, ...of }))).toEqual(less.map(() => 0));
  });

  test('a replay that lies further back than what is looked at itself is told once', () => {
    const far = alike({ other: MINE, events: 30, differentGaps: 10, to: T0 + HOUR + 30 * MINUTE });
    expect(found('replayed-segment', { alike: [far] })).toEqual([
      { from: far.from, to: far.to, evidence: { events: 30, differentGaps: 10, shiftMs: HOUR } },
    ]);
    expect(look('replayed-segment', {})).toBe(0);
    const first = uneven(80);
    const said = [...first, ...first.map(({ ts, what }) => ({ ts: ts + DAY, what }))];
    const near = found('replayed-segment', { said });
    const [{ from, to } = { from: 0, to: 0 }] = near ?? [];
    expect(found('replayed-segment', { said, alike: [{ ...far, from: from - HOUR, to }] })).toEqual(near);
    expect(found('replayed-segment', { said, alike: [far] })).toHaveLength(2);
  });

  test('periodic counts go on from what is further back', () => {
    const pieces = Array.from({ length: 300 }, (_, index) => ({ ts: T0 + index * MINUTE, count: 2 }));
    const before = { from: T0 - 200 * MINUTE, to: T0 - MINUTE, increments: 200, pieces: 2 };
    expect(found('periodic-counts', { pieces, periodic: [before] })).toEqual([
      {
        ...{ from: before.from, to: T0 + 299 * MINUTE },
        evidence: { increments: 500, everyMs: MINUTE, pieces: 2 },
      },
    ]);
    expect(found('periodic-counts', { pieces })).toEqual([]);
    expect(found('periodic-counts', { pieces, periodic: [{ ...before, pieces: 3 }] })).toEqual([]);
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
  test('the span of all that was changed is told; a week and three days are within the limits', () => {
    const edits = [edit(7, 3), edit(0, 9), edit(3, 20)];
    expect(found('late-edits', { asOf, edits })).toEqual([
      {
        ...{ from: asOf - 23 * DAY - HOUR, to: asOf - 9 * DAY },
        evidence: { cause: 'annotation', cells: 3, newestAt: new Date(asOf).toISOString() },
      },
    ]);
  });
  test('not of yesterday, not long before, not after, not what came late by itself', () => {
    const edits = [edit(1, 2), edit(8, 9), edit(-1, 9), edit(1, 9, 'late-data'), edit(1, 9, 'formula')];
    expect(found('late-edits', { asOf, edits })).toEqual([]);
  });
});

describe('all checks together', () => {
  const dark = hours(12, (hour) => (hour < 4 ? { counts: NO_PIECES, energyWh: NO_ENERGY } : {}));

  test('a machine has the lowest grade of what was found, each finding with its check', () => {
    const graded = gradedBy(facts({ hours: dark }));
    expect(graded).toMatchObject({ machine: 'a/b/c/d/e', grade: 'C' });
    expect(graded.findings.map(({ check, grade, from }) => [check, grade, from])).toEqual([
      ['running-without-pieces', 'B', T0],
      ['running-without-energy', 'C', T0],
    ]);
    expect(gradedBy(facts())).toEqual({ machine: 'a/b/c/d/e', grade: 'A', findings: [] });
  });

  test('a finding lies in a span that it overlaps, not in one that it only touches', () => {
    const { findings } = gradedBy(facts({ hours: dark }));
    const within = (from: number, to: number) =>
      findingsIn(findings, { from: T0 + from * HOUR, to: T0 + to * HOUR }).length;
    expect([within(0, 4), within(3, 9), within(-1, 1), within(4, 9), within(-1, 0)]).toEqual([2, 2, 2, 0, 0]);
  });
});
