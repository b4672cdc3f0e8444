import { describe, expect, test } from 'vitest';
import { calendarPieces, piecesFor } from '../../domain/calendar.ts';
import { machineLedger } from '../../domain/ledger.ts';
import {
  contextOf,
  earlierContext,
  earlierReading,
  LONGEST_WITHOUT_COUNT_MS,
  statesKnownSince,
  statesMatterFrom,
} from '../../domain/ledger-context.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const plain: Machine = { ...MACHINE_DEFAULTS, path: 'a/b/c/d/e', declared: true };
/** An hour that begins at 0, and what is fetched for it: fifteen minutes before it, two behind it. */
const span = { from: 0, to: HOUR };
const context = { from: -15 * MINUTE, to: HOUR + 2 * MINUTE };

type Told = readonly (readonly [number, SignalValue])[];
const factsOf = (series: Readonly<Record<string, Told>>) => ({
  ...{ machine: plain.path, silences: [] },
  series: Object.entries(series).map(([signal, told]) => ({
    signal,
    ts: told.map(([ts]) => ts),
    values: told.map(([, value]) => value),
  })),
});

describe('the facts around a span', () => {
  const around = (machine: Partial<Machine>, asOf = 10 * DAY) => {
    const { from, to } = contextOf({ ...plain, ...machine }, { from: DAY, to: 2 * DAY }, asOf);
    return [(DAY - from) / MINUTE, (to - 2 * DAY) / MINUTE];
  };

  test('reach back by a quarter of an hour and ahead by a minor stop', () => {
    expect(around({})).toEqual([15, 2]);
    expect(around({ minorStopMs: 40 * MINUTE })).toEqual([40, 40]);
  });

  test('reach back by two changeovers and ahead by one', () => {
    expect(around({ changeover: { change: 'order', longestMs: 30 * MINUTE } })).toEqual([60, 30]);
    expect(around({ changeover: { change: 'order', longestMs: MINUTE } })).toEqual([15, 2]);
  });

  test('reach further by what a derived state needs to settle', () => {
    const level = { from: 'level', runningAbove: 5, idleBelow: 3, holdMs: 3 * MINUTE } as const;
    expect(around({ derive: level })).toEqual([18, 5]);
    expect(around({ derive: { from: 'pulses', withinMs: 4 * MINUTE, cycleUs: null } })).toEqual([19, 6]);
  });

  test('end at the present, also where the span lies ahead of it', () => {
    expect(around({}, 2 * DAY + MINUTE)).toEqual([15, 1]);
    expect(around({}, 2 * DAY - 90 * MINUTE)).toEqual([15, -90]);
    expect(contextOf(plain, { from: 2 * DAY, to: 3 * DAY }, DAY)).toEqual({ from: DAY, to: DAY });
  });

  test('a machine’s states matter from before its longest minor stop, or its longest changeover', () => {
    expect(statesMatterFrom(plain, DAY)).toBe(DAY - 2 * MINUTE);
    const longestMs = 30 * MINUTE;
    expect(statesMatterFrom({ ...plain, changeover: { change: 'order', longestMs } }, DAY)).toBe(
      DAY - longestMs,
    );
  });
});

describe('earlier facts are needed', () => {
  const needed = (series: Readonly<Record<string, Told>>, machine: Partial<Machine> = {}) =>
    earlierContext({ machine: { ...plain, ...machine }, facts: factsOf(series), context, span });
  const HIDES = -20 * MINUTE;
  const heardAlways = { maxSilenceMs: null } as const;
  /** A state that began between that count and what was fetched. */
  const state: Told = [[-16 * MINUTE, 'running']];

  test('from the last count on, where a silence may hide between it and the context', () => {
    const count: Told = [
      [HIDES, 5],
      [1, 6],
    ];
    expect(needed({ count }, { maxSilenceMs: 4 * MINUTE })).toBe(HIDES);
    expect(needed({ count }, { maxSilenceMs: 5 * MINUTE })).toBeNull();
    expect(needed({ count }, heardAlways)).toBeNull();
  });

  test('where a state may have come and gone', () => {
    const count: Told = [
      [HIDES, 5],
      [0, 6],
    ];
    expect(needed({ count, state }, heardAlways)).toBe(HIDES);
    expect(needed({ count, state: [[HIDES, 'running']] }, heardAlways)).toBeNull();
    expect(needed({ count, state: [[context.from, 'running']] }, heardAlways)).toBeNull();
  });

  test('from the earliest of several counts', () => {
    const told = (from: number): Told => [
      [from, 5],
      [1, 6],
    ];
    expect(needed({ count: told(HIDES), reject: told(HIDES - 7), state }, heardAlways)).toBe(HIDES - 7);
    expect(needed({ energy: told(HIDES), state }, heardAlways)).toBe(HIDES);
    const meter = { ...heardAlways, energy: { signal: 'meter', unit: 'kWh' } } as const;
    expect(needed({ energy: told(HIDES), state }, meter)).toBeNull();
    expect(needed({ meter: told(HIDES), state }, meter)).toBe(HIDES);
  });

  test('not where the count did not change, lies in the context, or none follows', () => {
    const none = (count: Told) => expect(needed({ count, state }, heardAlways)).toBeNull();
    none([
      [HIDES, 5],
      [1, 5],
    ]);
    none([
      [context.from, 5],
      [1, 6],
    ]);
    none([[HIDES, 5]]);
    none([[1, 6]]);
    none([
      [HIDES, 5],
      [-1, 6],
    ]);
    expect(needed({ state }, heardAlways)).toBeNull();
  });

  test('from the last count that is one', () => {
    const count: Told = [
      [HIDES, 5],
      [-MINUTE, 'none'],
      [1, 6],
    ];
    expect(needed({ count, state }, heardAlways)).toBe(HIDES);
  });
});

test('states are known since an instant where no silence and no first word lies between', () => {
  const known = (from: number, to: number, first: number | null, machine: Partial<Machine> = {}) =>
    statesKnownSince({ ...plain, ...machine }, factsOf(first === null ? {} : { state: [[first, 'idle']] }), {
      from,
      to,
    });
  expect([known(0, 600_000, null), known(0, 600_001, null)]).toEqual([true, false]);
  expect(known(0, DAY, null, { maxSilenceMs: null })).toBe(true);
  expect([known(5, 9, 5), known(5, 9, 6), known(5, 9, 8), known(5, 9, 9)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
  const other = { vocabulary: 'mtconnect', stateSignal: 'execution' } as const;
  expect([known(5, 9, 6, other), known(5, 9, 4, other)]).toEqual([false, true]);
});

describe('an earlier reading is needed', () => {
  const since = (from: number, series: Readonly<Record<string, Told>>, machine: Partial<Machine> = {}) =>
    earlierReading({ machine: { ...plain, ...machine }, facts: factsOf(series), from, span });
  const count: Told = [
    [-2 * HOUR, 'none'],
    [0, 5],
  ];

  test('a day further back at first, and twice as far from then on, until there is nothing to know', () => {
    expect(since(-HOUR, { count })).toBe(-HOUR - DAY);
    expect(since(-DAY - HOUR, { count: [[-3 * DAY, 'none'], ...count] })).toBe(-2 * DAY - 2 * HOUR);
    const long: Told = [[-40 * DAY, 'none'], ...count];
    expect(since(-LONGEST_WITHOUT_COUNT_MS + 1, { count: long })).toBe(-62 * DAY + 2);
    expect(since(-LONGEST_WITHOUT_COUNT_MS, { count: long })).toBeNull();
  });

  test('of any counter, each by its own rule', () => {
    const rework: Told = [
      [-2 * HOUR, true],
      [5, true],
    ];
    expect(since(-HOUR, { rework })).toBe(-HOUR - DAY);
    expect(since(-HOUR, { rework }, { counters: { rework: { kind: 'pulse' } } })).toBeNull();
    expect(
      since(-HOUR, {
        count: [
          [-2 * HOUR, 4],
          [1, 5],
        ],
        rework,
      }),
    ).toBe(-HOUR - DAY);
  });

  test('not where nothing was counted in the span: it begins with its first instant and ends before its last', () => {
    const at = (instant: number) =>
      since(-HOUR, {
        count: [
          [-2 * HOUR, 'none'],
          [instant, 5],
        ],
      });
    expect([at(-1), at(0), at(HOUR - 1), at(HOUR)]).toEqual([null, -HOUR - DAY, -HOUR - DAY, null]);
  });

  test('not where all there is was read', () => {
    const from = (first: number) =>
      since(-HOUR, {
        count: [
          [first, 'none'],
          [1, 5],
        ],
      });
    expect([from(-HOUR - 1), from(-HOUR), from(-HOUR + 1)]).toEqual([-HOUR - DAY, null, null]);
  });
});

test('the last unknown stretch before facts that were removed is told: pieces counted across it are its own', () => {
  const facts = factsOf({
    state: [[-30 * MINUTE, 'running']],
    count: [
      [-40 * MINUTE, 5],
      [10 * MINUTE, 9],
    ],
  });
  const cellOf = (unknownUntil: number | null) => {
    const [cell] = machineLedger({
      ...{ machine: plain, site: undefined, asOf: 10 * DAY, digestOf: String },
      pieces: piecesFor(plain, undefined, calendarPieces(undefined, { from: -DAY, to: DAY })),
      facts: { ...facts, removed: { before: -30 * MINUTE, statesFrom: null, unknownUntil } },
    })([span]);
    return cell?.counts;
  };
  expect(cellOf(-35 * MINUTE)).toMatchObject({ produced: 0, duringUnknown: 4 });
  expect(cellOf(-45 * MINUTE)).toMatchObject({ produced: 4, duringUnknown: 0 });
  expect(cellOf(null)).toMatchObject({ produced: 4, duringUnknown: 0 });
});
