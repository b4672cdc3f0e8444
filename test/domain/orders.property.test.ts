import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeoversOf } from '../../domain/orders/changeovers.ts';
import { compareNames } from '../../domain/orders/compare-names.ts';
import { productSeries } from '../../domain/orders/products.ts';
import { toldIn, toldRuns } from '../../domain/orders/told.ts';
import { workedOn } from '../../domain/orders/worked-on.ts';
import { machineAt } from '../../domain/plant.ts';
import { stateTape } from '../../domain/state-tape.ts';
import { arrivals, HOUR, MINUTE, machine, START, WHOLE } from './any-events.ts';
import { type Arrival, factsOf } from './facts-of.ts';

const MACHINE = { path: 'acme/berlin/a/l/m1', maxSilenceMs: null } as const;
const at = (minutes: number): number => START + minutes * MINUTE;
const DAY = 24 * 60 * MINUTE;
const workOf = (heard: readonly Arrival[], from: number, to: number) =>
  workedOn(factsOf(MACHINE, heard, { from: at(from), to: at(to) }), { from: at(from), to: at(to) });

describe('what a machine works on', () => {
  test('has no gaps, changes at each border, and is what was said last at each instant', () => {
    const instant = fc.integer({ min: WHOLE.from, max: WHOLE.to - 1 });
    fc.assert(
      fc.property(arrivals, instant, (heard, moment) => {
        const work = workedOn(factsOf(MACHINE, heard, WHOLE), WHOLE);
        expect([work[0]?.from, work.at(-1)?.to]).toEqual([WHOLE.from, WHOLE.to]);
        for (const [place, stretch] of work.entries()) {
          const next = work[place + 1];
          expect(stretch.from).toBeLessThan(stretch.to);
          if (!next) continue;
          expect(next.from).toBe(stretch.to);
          expect([next.order, next.product]).not.toEqual([stretch.order, stretch.product]);
        }
        const last = (signal: string) =>
          heard.filter(({ ts, values }) => ts <= moment && signal in values).sort((a, b) => a.ts - b.ts);
        const said = (signal: string) => {
          const all = last(signal);
          // Of two at one instant the last received holds.
          return all.findLast(({ ts }) => ts === all.at(-1)?.ts)?.values[signal] || null;
        };
        const here = work.find(({ from, to }) => from <= moment && moment < to);
        expect([here?.order, here?.product]).toEqual([said('order'), said('product')]);
      }),
    );
  });

  test('of an empty span is one empty stretch', () => {
    expect(workOf([{ ts: at(0), values: { order: 'A' } }], 5, 5)).toEqual([
      { from: at(5), to: at(5), order: 'A', product: null },
    ]);
  });

  test('names a number as a text', () => {
    expect(workOf([{ ts: at(1), values: { order: 4711 } }], 0, 2).map(({ order }) => order)).toEqual([
      null,
      '4711',
    ]);
  });
});

describe('what was told of orders', () => {
  const told = (heard: readonly Arrival[]) => {
    const span = { from: at(0), to: at(60) };
    const facts = factsOf(MACHINE, heard, span);
    return toldIn(facts, workedOn(facts, span)).map(({ order, signal, ts, value }) => [
      ...[order, signal],
      ...[(ts - START) / MINUTE, value],
    ]);
  };
  test('is the last whole number while the order was active, and never that of another', () => {
    const heard: Arrival[] = [
      { ts: at(-5), values: { orderQuantity: 1, order: 'A' } },
      { ts: at(5), values: { orderQuantity: 100 } },
      { ts: at(6), values: { orderQuantity: 120, orderScrap: 0 } },
      { ts: at(10), values: { order: '' } },
      { ts: at(11), values: { orderQuantity: 7 } },
      { ts: at(20), values: { order: 'B' } },
      { ts: at(30), values: { order: 'C', orderQuantity: 50, orderScrap: -1 } },
      { ts: at(40), values: { orderScrap: 2.5 } },
    ];
    expect(told(heard)).toEqual([
      ['A', 'orderQuantity', 6, 120],
      ['C', 'orderQuantity', 30, 50],
      ['A', 'orderScrap', 6, 0],
    ]);
  });
  test('again and again is one run of a day and an order, and all runs tell what is told', () => {
    const day = Math.ceil(START / DAY) * DAY;
    const heard: Arrival[] = [
      { ts: day - 3, values: { order: 'A', orderQuantity: 5 } },
      { ts: day - 1, values: { orderQuantity: 5n } },
      { ts: day + 1, values: { orderQuantity: '5' } },
      { ts: day + 2, values: { orderQuantity: 'n/a' } },
      { ts: day + 3, values: { orderQuantity: 5 } },
      { ts: day + 4, values: { orderQuantity: 6 } },
      { ts: day + 5, values: { order: 'B', orderQuantity: 6 } },
    ];
    const span = { from: day - 9, to: day + 9 };
    const facts = factsOf(MACHINE, heard, span);
    const runs = toldRuns(facts, workedOn(facts, span));
    expect(runs.map(({ order, ts, until, value }) => [order, ts - day, until - day, value])).toEqual([
      ['A', -3, -1, 5],
      ['A', 1, 3, 5],
      ['A', 4, 4, 6],
      ['B', 5, 5, 6],
    ]);
  });
  test('nothing, where nobody tells', () => {
    expect(told([{ ts: at(1), values: { order: 'A' } }])).toEqual([]);
  });
});

test('changeovers are ascending and apart, near a change, and nobody runs in them', () => {
  const rule = fc.record({
    change: fc.constantFrom('product' as const, 'order' as const),
    longestMs: fc.constantFrom(MINUTE, 30 * MINUTE, 3 * HOUR),
  });
  fc.assert(
    fc.property(machine, arrivals, rule, (one, heard, changeover) => {
      const facts = factsOf(one, heard, { from: Number.MIN_SAFE_INTEGER, to: WHOLE.to });
      const tape = stateTape({ machine: one, facts, until: WHOLE.to, reasons: false });
      const spans = changeoversOf({ machine: { changeover }, facts, tape, entered: undefined });
      for (const [place, { from, to }] of spans.entries()) {
        expect(from).toBeLessThan(to);
        expect(from).toBeGreaterThan(spans[place - 1]?.to ?? Number.NEGATIVE_INFINITY);
        const changes = heard.filter(
          ({ ts, values }) => ts >= from && ts <= to && ('order' in values || 'product' in values),
        );
        expect(changes.length).toBeGreaterThan(0);
        for (const [index, begin] of tape.at.entries()) {
          const end = tape.at[index + 1] ?? Number.POSITIVE_INFINITY;
          if (begin < to && end > from) expect(tape.meanings[index]?.state).not.toBe('running');
        }
      }
    }),
  );
});

test('where nobody entered a product for any of its orders, a machine’s own series is taken as it is', () => {
  const facts = factsOf(MACHINE, [{ ts: at(1), values: { order: 'A', product: 'P1' } }], WHOLE);
  const said = facts.series.find(({ signal }) => signal === 'product');
  expect(productSeries(facts, { productsOf: () => [] })).toBe(said);
  expect(productSeries(facts, undefined)).toBe(said);
});

test('an undeclared machine has the ideal cycles of the scopes that hold it', () => {
  const products = [{ scope: 'acme/berlin', product: 'P1', from: null, cycleUs: 9 }];
  const plant = { sites: [], machines: [], products };
  expect(machineAt(plant, MACHINE.path).cycles).toEqual([
    { product: 'P1', from: null, cycleUs: 9, levels: 2 },
  ]);
  expect('cycles' in machineAt(plant, 'acme/paris/a/l/m1')).toBe(false);
});

test('names are in the order of their code points, which is the order of their UTF-8', () => {
  // Half a surrogate has no UTF-8; no order is named so.
  const name = fc.string({
    unit: fc.constantFrom('a', 'b', '单', '\uff5e', '\u{1f600}', '\u{1f601}'),
    maxLength: 4,
  });
  fc.assert(
    fc.property(name, name, (a, b) => {
      expect(Math.sign(compareNames(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
  expect(compareNames('\uff5e', '\u{1f600}')).toBeLessThan(0);
});
