import { describe, expect, it } from 'vitest';
import type { State } from '../../domain/state.ts';
import type { MachineConfig, SiteConfig } from '../../simulators/plant-config.ts';
import { keepTruth, type MachineTruth } from '../../simulators/truth/memory.ts';
import { type Glimpse, recordTruth } from '../../simulators/truth/truth.ts';
import { compareProducts } from '../../simulators/verify/compare.ts';
import { ledgerOfTruth } from '../../simulators/verify/ledger.ts';

const MACHINE = 'e/s/a/l/m';
const minute = 60_000;
/** Monday 08:00 in Shanghai. */
const EIGHT = Date.parse('2026-03-02T00:00:00Z');

/** What a machine said, at minutes after 08:00. */
function truthOf(
  said: readonly (Omit<Glimpse, 'machine' | 'ts'> & { readonly at: number })[],
  { until, maxSilenceMs = null }: { until: number; maxSilenceMs?: number | null },
): MachineTruth {
  const sink = keepTruth();
  const truth = recordTruth({ from: EIGHT, maxSilenceMs: () => maxSilenceMs, sink });
  for (const { at, ...rest } of said) truth.observe({ machine: MACHINE, ts: EIGHT + at * minute, ...rest });
  truth.close(EIGHT + until * minute);
  return sink.machines.get(MACHINE) as MachineTruth;
}

const minutesOf = ({ intervals }: MachineTruth): [number, number, State][] =>
  intervals.map(({ from, to, state }) => [(from - EIGHT) / minute, (to - EIGHT) / minute, state]);

describe('the truth', () => {
  it('is contiguous, merges what repeats, and is unknown before the first word', () => {
    const truth = truthOf(
      [
        { at: 1, state: 'idle' },
        { at: 2, state: 'running' },
        { at: 5, state: 'running' },
        { at: 6, state: 'down' },
      ],
      { until: 10 },
    );
    expect(minutesOf(truth)).toEqual([
      [0, 1, 'unknown'],
      [1, 2, 'idle'],
      [2, 6, 'running'],
      [6, 10, 'down'],
    ]);
  });

  it('is unknown after a silence that is too long, until the machine is heard again', () => {
    const said = [
      { at: 0, state: 'running' as const, count: 5 },
      { at: 20, count: 9 },
      { at: 21, count: 10 },
    ];
    const truth = truthOf(said, { until: 40, maxSilenceMs: 10 * minute });
    expect(minutesOf(truth)).toEqual([
      [0, 10, 'running'],
      [10, 20, 'unknown'],
      [20, 31, 'running'],
      [31, 40, 'unknown'],
    ]);
    expect(truth.pieces.map(({ count, acrossUnknown }) => [count, acrossUnknown])).toEqual([
      [4, true],
      [1, false],
    ]);
  });

  it('takes the first count as a baseline and a lower one as a reset', () => {
    const counts = [70, 74, 74, 3, 5].map((count, at) => ({
      at,
      state: 'running' as const,
      count,
      reject: 0,
    }));
    expect(truthOf(counts, { until: 9 }).pieces.map(({ count }) => count)).toEqual([4, 3, 2]);
  });
});

const site: SiteConfig = {
  path: 'e/s',
  zone: 'Asia/Shanghai',
  dayStart: '08:00',
  shifts: [
    {
      id: 'day',
      start: '08:00',
      end: '20:00',
      days: [1, 2, 3, 4, 5],
      breaks: [{ start: '12:00', end: '12:30' }],
    },
    {
      id: 'night',
      start: '20:00',
      end: '04:00',
      days: [1, 2, 3, 4],
      breaks: [{ start: '00:30', end: '01:00' }],
    },
  ],
};
const machine: MachineConfig = {
  path: MACHINE,
  idealCycleMs: 30_000,
  products: { B: { idealCycleMs: 12_500.5 } },
  minorStopMs: 2 * minute,
  maxSilenceMs: null,
};

/** Minutes by class, those above 0. */
function ledger(
  truth: MachineTruth,
  until: number,
  options: { site?: SiteConfig; from?: number } = { site },
) {
  const of = ledgerOfTruth({
    truth,
    machine,
    site: options.site,
    from: EIGHT + (options.from ?? 0) * minute,
    to: EIGHT + until * minute,
  });
  const classes = (ms: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(
      Object.entries(ms)
        .filter(([, value]) => value > 0)
        .map(([name, value]) => [name, value / minute]),
    );
  return {
    of,
    whole: classes(of.whole.ms),
    shift: (id: string | null) => classes(of.byShift.get(id)?.ms ?? {}),
  };
}

const states = (...list: [number, State][]) => list.map(([at, state]) => ({ at, state }));

describe("the verification's own ledger, by hand", () => {
  it('gives each product the pieces that were counted while it was named, and tells of each that differs', () => {
    const counts = { produced: 0, good: 0, reject: 0, duringUnknown: 0, extra: 0 };
    const truth = new Map([
      ['A', { ...counts, produced: 5, good: 4, reject: 1 }],
      [null, { ...counts, duringUnknown: 2 }],
    ]);
    const row = (product: string | null, more: object) => ({
      ...{ key: { machine: MACHINE, product }, ms: {}, runningUs: null },
      counts: { ...counts, ...more },
    });
    const right = [
      row('A', { produced: 5, good: 4, reject: 1 }),
      row(null, { duringUnknown: 2 }),
      row('C', {}),
    ];
    expect(compareProducts('m', right, truth)).toEqual([]);
    expect(compareProducts('m', [row('B', { extra: 1 }), ...right.slice(1)], truth)).toEqual([
      'm product B: counts.extra is 1, the truth is 0',
      'm product A: counts.produced is 0, the truth is 5',
      'm product A: counts.good is 0, the truth is 4',
      'm product A: counts.reject is 0, the truth is 1',
    ]);
  });

  it('puts each state into its class', () => {
    const said = states(
      [0, 'setup'],
      [10, 'running'],
      [70, 'down'],
      [80, 'setup'],
      [90, 'idle'],
      [95, 'starved'],
      [100, 'off'],
      [110, 'planned-stop'],
    );
    expect(ledger(truthOf(said, { until: 120 }), 120).whole).toEqual({
      changeover: 20,
      running: 60,
      breakdown: 10,
      idle: 15,
      delay: 5,
      plannedStop: 10,
    });
  });

  it('calls a short stretch between two running ones a minor stop, whatever it is made of', () => {
    const said = states(
      [0, 'running'],
      [10, 'down'],
      [11, 'idle'],
      [11.5, 'running'],
      [20, 'held'],
      [22, 'running'],
      [30, 'idle'],
      [31, 'setup'],
    );
    expect(ledger(truthOf(said, { until: 40 }), 40).whole).toEqual({
      running: 10 + 8.5 + 8,
      minorStop: 1.5,
      delay: 2, // as long as minorStopMs: no longer minor
      idle: 1, // followed by setup
      changeover: 9,
    });
  });

  it('judges a minor stop on its whole length where the window cuts it, and an open one on its length so far', () => {
    const said = states([0, 'running'], [10, 'down'], [13, 'running'], [20, 'down']);
    const truth = truthOf(said, { until: 21 });
    expect(ledger(truth, 21, { site, from: 12 }).whole).toEqual({ breakdown: 1, running: 7, minorStop: 1 });
  });

  it('keeps breaks and time between shifts out, and work there apart', () => {
    const said = states(
      [0, 'running'],
      [240 - 1, 'idle'],
      [245, 'running'],
      [250, 'idle'],
      [270, 'running'],
      [19 * 60, 'running'],
      [21 * 60, 'off'],
    );
    const { whole, shift } = ledger(truthOf(said, { until: 24 * 60 }), 24 * 60);
    expect(whole).toEqual({
      running: 239 + (720 - 270) + (480 - 30),
      idle: 1, // 11:59 to 12:00; the whole stretch is longer than a minor stop
      plannedStop: 5 + 20,
      extra: 5 + 30 + 60, // in both breaks, and 04:00 to 05:00
      notScheduled: 180,
    });
    expect(shift('night')).toEqual({ running: 450, extra: 30 });
    expect(shift(null)).toEqual({ extra: 60, notScheduled: 180 });
  });

  it('splits running time by the ideal cycle of each product, in whole microseconds', () => {
    const truth = truthOf(
      [
        { at: 0, state: 'running', count: 100, reject: 10, product: 'A' },
        { at: 5, count: 110, reject: 12 },
        { at: 6, product: 'B' },
        { at: 9, count: 130, reject: 12 },
      ],
      { until: 10 },
    );
    const { whole } = ledger(truth, 10).of;
    expect(whole.counts).toEqual({ produced: 30, good: 28, reject: 2, duringUnknown: 0, extra: 0 });
    expect(whole.runningUs).toEqual({
      productive: 8 * 30_000_000 + 20 * 12_500_500,
      rejectLoss: 2 * 30_000_000,
      speedLoss: 600_000_000 - 10 * 30_000_000 - 20 * 12_500_500,
    });
  });

  it('leaves pieces of breaks and of unknown time out of what was produced', () => {
    const truth = truthOf(
      [
        { at: 230, state: 'running', count: 0, reject: 0 },
        { at: 245, count: 4, reject: 1 },
        { at: 280, count: 7, reject: 1 },
        { at: 290, state: 'unknown' },
        { at: 300, state: 'running', count: 12, reject: 3 },
        { at: 301, count: 13, reject: 3 },
      ],
      { until: 310 },
    );
    expect(ledger(truth, 310).of.whole.counts).toEqual({
      produced: 4,
      good: 4,
      reject: 0,
      duringUnknown: 5,
      extra: 4,
    });
  });

  it('is always scheduled without a calendar, and cuts hours', () => {
    const { of } = ledger(truthOf(states([0, 'running'], [90, 'idle']), { until: 130 }), 130, {});
    expect([...of.byHour].map(([hour, { ms }]) => [hour, ms.running / minute, ms.idle / minute])).toEqual([
      ['2026-03-02T00:00:00.000Z', 60, 0],
      ['2026-03-02T01:00:00.000Z', 30, 30],
      ['2026-03-02T02:00:00.000Z', 0, 10],
    ]);
    expect([...of.byShift.keys()]).toEqual([null]);
  });
});
