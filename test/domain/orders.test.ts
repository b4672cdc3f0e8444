import { describe, expect, test } from 'vitest';
import type { Entered } from '../../domain/entered.ts';
import type { MachineFacts } from '../../domain/facts.ts';
import { changeoversOf, undecidedFrom } from '../../domain/orders/changeovers.ts';
import { compareNames } from '../../domain/orders/compare-names.ts';
import { type CycleVersion, cyclesOf, cycleTape, hasCyclesFrom } from '../../domain/orders/cycles.ts';
import { productSeries } from '../../domain/orders/products.ts';
import { toldRuns } from '../../domain/orders/told.ts';
import { workedOn } from '../../domain/orders/worked-on.ts';
import { MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';
import { stateTape } from '../../domain/state-tape.ts';

type Said = readonly (readonly [ts: number, value: string | number])[];

const machine: Machine = { path: 'a/b/c/d/e', declared: true, ...MACHINE_DEFAULTS };
const factsOf = (said: Readonly<Record<string, Said>>): MachineFacts => ({
  machine: machine.path,
  series: Object.entries(said).map(([signal, all]) => ({
    ...{ signal, ts: all.map(([ts]) => ts), values: all.map(([, value]) => value) },
  })),
  silences: [],
});
const version = (cycleUs: number | null, of: Partial<CycleVersion> = {}): CycleVersion => ({
  ...{ product: null, from: null, cycleUs, levels: 5, ...of },
});

describe('changeovers', () => {
  const found = (said: Readonly<Record<string, Said>>, longestMs = 60) => {
    const facts = factsOf(said);
    const changing = { ...machine, changeover: { change: 'product', longestMs } } as const;
    const tape = stateTape({ machine: changing, facts, until: 1000, reasons: false });
    return changeoversOf({ machine: changing, facts, tape, entered: undefined });
  };
  const state: Said = [
    [0, 'running'],
    [100, 'idle'],
    [300, 'running'],
  ];

  test('of two changes in one stop are one, where they touch, and reach as far as the later', () => {
    const at = (second: number): Said => [
      [10, 'P1'],
      [150, 'P2'],
      [second, 'P3'],
    ];
    expect(found({ state, product: at(200) })).toEqual([{ from: 100, to: 260 }]);
    expect(found({ state, product: at(270) })).toEqual([{ from: 100, to: 300 }]);
    expect(found({ state, product: at(271) })).toEqual([
      { from: 100, to: 210 },
      { from: 211, to: 300 },
    ]);
  });

  test('are none where the same is named again after nothing was', () => {
    const product: Said = [
      [10, 'P1'],
      [150, ''],
      [160, 'P1'],
    ];
    expect(found({ state, product })).toEqual([]);
    expect(found({ state, product: [...product.slice(0, 2), [160, 'P2']] })).toEqual([
      { from: 100, to: 220 },
    ]);
  });

  test('may still come of a stop that goes on, as far back as one may be', () => {
    const tape = stateTape({
      machine,
      facts: factsOf({ state: state.slice(0, 2) }),
      until: 1000,
      reasons: false,
    });
    const rule = { change: 'product', longestMs: 300 } as const;
    expect(undecidedFrom(tape, rule, 1000)).toBe(700);
    expect(undecidedFrom(tape, rule, 300)).toBe(100);
    expect(undecidedFrom(tape, undefined, 300)).toBe(Number.POSITIVE_INFINITY);
    const runs = stateTape({ machine, facts: factsOf({ state }), until: 1000, reasons: false });
    expect(undecidedFrom(runs, rule, 1000)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('ideal cycles', () => {
  const last = (versions: readonly CycleVersion[]) => cycleTape(versions, undefined).cycleUs.at(-1);

  test('of one scope the newest counts, whichever was entered last; of two for one instant the last', () => {
    expect(last([version(5, { from: 100 }), version(7, { from: 50 })])).toBe(5);
    expect(last([version(7, { from: 50 }), version(5, { from: 100 })])).toBe(5);
    expect(last([version(7, { from: 50 }), version(5, { from: 50 })])).toBe(5);
    expect(last([version(9), version(5, { from: -100 })])).toBe(5);
  });

  test('of several scopes the narrowest that says one counts', () => {
    const wide = [version(3, { levels: 3 }), version(9, { levels: 4 })];
    expect(last([...wide, version(7)])).toBe(7);
    expect(last([version(7), ...wide])).toBe(7);
    expect(last([...wide, version(null)])).toBe(9);
  });

  test('are told where they change, in order of time, and at no other instant', () => {
    const versions = [version(5, { from: 200 }), version(7, { from: 100 }), version(7, { from: 150 })];
    expect(cycleTape(versions, undefined)).toEqual({
      at: [Number.NEGATIVE_INFINITY, 100, 200],
      cycleUs: [null, 7, 5],
    });
  });

  test('begin where the first is said that is one', () => {
    expect(hasCyclesFrom([version(null, { from: 10 }), version(5, { from: 100 })])).toBe(100);
    expect(cyclesOf({ idealCycleUs: null, productCycleUs: {} })).toEqual([]);
  });
});

test('a change at the very end of a span belongs to what follows', () => {
  const facts = factsOf({
    order: [
      [0, 'A'],
      [50, 'B'],
    ],
  });
  expect(workedOn(facts, { from: 0, to: 50 })).toEqual([{ from: 0, to: 50, order: 'A', product: null }]);
  expect(workedOn(facts, { from: 0, to: 51 })).toHaveLength(2);
});

test('numbers that are told while nothing is ordered are of no order', () => {
  const facts = factsOf({
    order: [
      [0, 'A'],
      [50, ''],
    ],
    orderQuantity: [
      [10, 7],
      [60, 9],
    ],
  });
  expect(toldRuns(facts, workedOn(facts, { from: 0, to: 100 }))).toEqual([
    { order: 'A', signal: 'orderQuantity', ts: 10, until: 10, value: 7 },
  ]);
});

test('a product that is entered for orders is told once where it stays the same', () => {
  const facts = factsOf({
    order: [
      [10, 'A'],
      [50, 'B'],
      [90, 'C'],
    ],
  });
  const products: Readonly<Record<string, readonly { from: number; product: string | null }[]>> = {
    A: [{ from: 0, product: 'P' }],
    B: [
      { from: 0, product: 'P' },
      { from: 70, product: 'Q' },
    ],
  };
  const entered: Entered = { productsOf: (order) => products[order] ?? [] };
  expect(productSeries(facts, entered)).toEqual({
    ...{ signal: 'product', ts: [10, 70, 90], values: ['P', 'Q', ''] },
  });
});

test('of two names of which one begins the other the shorter is first', () => {
  expect(Math.sign(compareNames('WO-1', 'WO-12'))).toBe(-1);
  expect(Math.sign(compareNames('WO-12', 'WO-1'))).toBe(1);
  expect(compareNames('WO-1', 'WO-1')).toBe(0);
});
