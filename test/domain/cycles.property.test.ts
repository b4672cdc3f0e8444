import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localHours } from '../../domain/calendar.ts';
import type { CellResult } from '../../domain/ledger.ts';
import { type CycleVersion, cyclesAt, cycleTape } from '../../domain/orders/cycles.ts';
import { MACHINE_DEFAULTS } from '../../domain/plant.ts';
import { arrivals, HOUR, MINUTE, machine, START, site, WHOLE } from './any-events.ts';
import { ledgerOf } from './scenario.ts';

const version: fc.Arbitrary<CycleVersion> = fc.record({
  product: fc.constantFrom('P1', 'P2', null),
  from: fc.oneof(
    fc.constant(null),
    fc.integer({ min: 18 * 60, max: 46 * 60 }).map((minute) => START + minute * MINUTE),
  ),
  cycleUs: fc.oneof(
    fc.integer({ min: 1, max: 9 }).map((minutes) => minutes * 60_000_000),
    fc.constant(null),
  ),
  levels: fc.constantFrom(0, 2, 5),
});
const CELLS = localHours(site, WHOLE);
const content = ({ digest: _, ...cell }: CellResult) => cell;

test('another ideal cycle changes no cell before it, and of the others only those whose content it changes get another digest', () => {
  fc.assert(
    fc.property(
      machine,
      arrivals,
      fc.array(version, { maxLength: 4 }),
      version,
      (one, heard, before, added) => {
        const given = { machine: one, site, arrivals: heard, asOf: WHOLE.to + HOUR, cells: CELLS };
        const old = ledgerOf({ ...given, entered: { cycles: before } });
        const anew = ledgerOf({ ...given, entered: { cycles: [...before, added] } });
        for (const [index, cell] of anew.entries()) {
          const was = old[index] as CellResult;
          if (added.from !== null && cell.to <= added.from) expect(cell).toEqual(was);
          if (cell.digest === was.digest) expect(content(cell)).toEqual(content(was));
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('cycles in any order of entry are the same, where no two are said for one instant', () => {
  const distinct = fc.uniqueArray(version, {
    maxLength: 6,
    selector: ({ product, from, levels }) => `${product} ${from} ${levels}`,
  });
  const shuffled = distinct.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
  );
  fc.assert(
    fc.property(arrivals, shuffled, (heard, [cycles, other]) => {
      const bare = { path: 'acme/berlin/a/l/m9', declared: true } as const;
      const given = { site, arrivals: heard, asOf: WHOLE.to + HOUR, cells: CELLS };
      const ledgerWith = (entered: readonly CycleVersion[]) =>
        ledgerOf({ ...given, machine: { ...MACHINE_DEFAULTS, ...bare }, entered: { cycles: entered } });
      expect(ledgerWith(other)).toEqual(ledgerWith(cycles));
    }),
  );
});

test('what is said for a scope is a machine’s as far as the scope reaches it', () => {
  const said = { product: 'P1', from: null, cycleUs: 1 };
  const scoped = ['', 'acme', 'acme/*/a', 'acme/berlin/b'].map((scope) => ({ ...said, scope }));
  expect(cyclesAt(scoped, 'acme/berlin/a/l/m1').map(({ levels }) => levels)).toEqual([0, 1, 3]);
  expect(cyclesAt(undefined, 'acme/berlin/a/l/m1')).toEqual([]);
});

test('of two cycles that are said for one instant the later counts, and of a withdrawn one the wider scope’s', () => {
  const at = (cycles: readonly CycleVersion[]) => cycleTape(cycles, undefined).cycleUs;
  const own = { product: null, from: 10, levels: 5 };
  expect(
    at([
      { ...own, cycleUs: 1 },
      { ...own, cycleUs: 2 },
    ]),
  ).toEqual([null, 2]);
  expect(
    at([
      { ...own, cycleUs: 1, levels: 0, from: null },
      { ...own, cycleUs: 2 },
      { ...own, from: 20, cycleUs: null },
    ]),
  ).toEqual([1, 2, 1]);
});
