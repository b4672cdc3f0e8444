import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localHours } from '../../domain/calendar.ts';
import type { Entered } from '../../domain/entered.ts';
import type { CellResult } from '../../domain/ledger.ts';
import { LEVELS_OF_MACHINE } from '../../domain/orders/cycles.ts';
import type { Machine, Site } from '../../domain/plant.ts';
import { kaidong } from '../../domain/vocabulary/kaidong.ts';
import { arrival, arrivals, asOf, FIRST, HOUR, MINUTE, machine, ruled, START, site } from './any-events.ts';
import { editOf } from './edits.ts';
import type { Arrival } from './facts-of.ts';
import { ledgerOf } from './scenario.ts';

interface World {
  readonly machine: Machine;
  readonly site: Site | undefined;
  readonly arrivals: readonly Arrival[];
  readonly asOf: number;
  readonly entered?: Entered;
}

const world: fc.Arbitrary<World> = fc.record({
  machine,
  site: fc.constantFrom(undefined, site, ruled),
  arrivals,
  asOf,
});

const instant = fc.integer({ min: 0, max: 44 * 60 }).map((minute) => START + minute * MINUTE);
const cycleUs = fc.constantFrom(null, 15_000_000, 90_000_000);

/** Everything that a cell can follow from, one thing at a time. */
const change: fc.Arbitrary<(one: World) => World> = fc.oneof(
  fc.nat().map((place) => (one: World) => ({
    ...one,
    arrivals: one.arrivals.filter((_, index) => index !== place % Math.max(1, one.arrivals.length)),
  })),
  arrival.map((more) => (one: World) => ({ ...one, arrivals: [...one.arrivals, more] })),
  asOf.map((now) => (one: World) => ({ ...one, asOf: now })),
  fc
    .constantFrom<Partial<Machine>[]>(
      { idealCycleUs: 10_000_000 },
      { idealCycleUs: null, productCycleUs: {} },
      { productCycleUs: { P1: 5_000_000, P2: 70_000_000 } },
      { minorStopMs: 45 * MINUTE },
      { minorStopMs: 5_000 },
      { maxSilenceMs: 90 * MINUTE },
      { maxSilenceMs: null },
      { counters: { count: { rollover: 401 }, reject: { kind: 'delta' } } },
      { counters: { count: { maxPerHour: 1 } } },
      { counters: { rework: { kind: 'pulse' }, inspected: { kind: 'edge' } } },
      { changeover: { change: 'order', longestMs: 3 * HOUR } },
      { changeover: { change: 'product', longestMs: 10 * MINUTE } },
      { energy: { signal: 'energy', unit: 'MJ' } },
      { energy: { signal: 'temperature', unit: 'Wh' } },
      { stateSignal: 'execution', vocabulary: 'mtconnect' },
      { words: { ...kaidong, states: { ...kaidong.states, running: 'idle', brewing: 'running' } } },
      { maintenance: [{ from: START + 24 * HOUR, to: START + 26 * HOUR }] },
      {
        cycles: [{ product: null, from: START + 23 * HOUR, cycleUs: 33_000_000, levels: LEVELS_OF_MACHINE }],
      },
    )
    .map((over) => (one: World) => ({ ...one, machine: { ...one.machine, ...over } })),
  fc
    .constantFrom<Partial<Site>[]>(
      { dayStart: 0 },
      { zone: 'Asia/Shanghai' },
      { shifts: [] },
      {
        shifts: [
          { id: 'all', start: 0, end: 0, days: [1, 2, 3, 4, 5, 6, 7], breaks: [{ start: 700, end: 760 }] },
        ],
      },
      { maintenance: [] },
      { classes: [{ class: 'plannedStop', states: ['held'] }] },
      { classes: [] },
    )
    .map((over) => (one: World) => ({ ...one, site: { ...(one.site ?? site), ...over } })),
  fc.tuple(instant, fc.constantFrom(null, 'P1'), cycleUs).map(([from, product, us]) => (one: World) => ({
    ...one,
    entered: { ...one.entered, cycles: [{ product, from, cycleUs: us, levels: LEVELS_OF_MACHINE }] },
  })),
  fc.tuple(instant, fc.constantFrom('P1', 'P2')).map(([from, product]) => (one: World) => ({
    ...one,
    entered: { ...one.entered, productsOf: () => [{ from, product }] },
  })),
  fc
    .tuple(
      instant,
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom('changeover' as const, 'plannedStop' as const),
    )
    .map(([from, minutes, entered]) => (one: World) => ({
      ...one,
      entered: {
        ...one.entered,
        edits: [
          editOf({ id: 'e1', seq: 1, kind: 'reclassify', from, to: from + minutes * MINUTE, class: entered }),
        ],
      },
    })),
);

/** A cell's content; who declared the machine, and how long ago the cell ended, are said beside it. */
const contentOf = ({ digest: _, flags, ...content }: CellResult) => ({
  ...content,
  flags: flags.filter((flag) => flag !== 'undeclared' && flag !== 'provisional'),
});

test.each([
  ['hours', localHours(site, FIRST)],
  ['a whole day', [FIRST]],
] as const)('of %s equal inputs have equal content, whatever differs', (_, cells) => {
  fc.assert(
    fc.property(world, fc.array(change, { minLength: 1, maxLength: 2 }), (one, changes) => {
      const other = changes.reduce((made, make) => make(made), one);
      const before = ledgerOf({ ...one, cells });
      const after = ledgerOf({ ...other, cells });
      for (const [index, cell] of before.entries()) {
        const again = after[index] as CellResult;
        if (cell.digest === again.digest) expect(contentOf(again)).toEqual(contentOf(cell));
      }
    }),
    { numRuns: 1500 },
  );
});
