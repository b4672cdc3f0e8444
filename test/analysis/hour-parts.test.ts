import { expect, it } from 'vitest';
import { windowCutter } from '../../analysis/cells.ts';
import { cutsOf } from '../../analysis/cuts.ts';
import { hourParts } from '../../analysis/hour-parts.ts';
import type { WorkedOn } from '../../domain/orders/worked-on.ts';
import { DAY, HOUR, MINUTE, MONDAY_8, shanghai, urumqi } from './plants.ts';

const SPAN = { from: MONDAY_8, to: MONDAY_8 + 3 * DAY };
const at = (minute: number): number => MONDAY_8 + minute * MINUTE;
const workOf = (...changes: readonly (readonly [number, string | null, string | null])[]): WorkedOn[] =>
  changes.map(([minute, order, product], place) => ({
    ...{ from: at(minute), order, product },
    to: place + 1 < changes.length ? at(changes[place + 1]?.[0] as number) : SPAN.to + HOUR,
  }));
const partsOf = (work: readonly WorkedOn[], site = shanghai) =>
  hourParts(cutsOf(site, SPAN, site.zone), SPAN, work).map(({ from, to }) => [
    (from - MONDAY_8) / MINUTE,
    (to - MONDAY_8) / MINUTE,
  ]);

it('an hour of one product and order has no parts', () => {
  expect(partsOf(workOf([0, 'A', 'P']))).toEqual([]);
  expect(partsOf(workOf([0, 'A', 'P'], [120, 'B', 'P'], [180, 'B', 'Q']))).toEqual([]);
});

it('parts are cut by product, by order and by both, each once', () => {
  expect(partsOf(workOf([0, 'A', 'P'], [70, 'B', 'P'], [100, 'B', 'Q']))).toEqual([
    ...[
      [60, 70],
      [60, 100],
      [70, 100],
      [70, 120],
      [100, 120],
    ],
  ]);
});

it('what no whole hour fits into is one part over the border of hours, and two', () => {
  expect(partsOf(workOf([0, 'A', 'P'], [50, 'B', 'P'], [70, 'A', 'P']))).toEqual([
    ...[
      [0, 50],
      [50, 60],
      [50, 70],
      [60, 70],
      [70, 120],
    ],
  ]);
});

it('shifts and days that begin within an hour cut it with and without what was worked on', () => {
  const parts = partsOf(workOf([0, 'A', 'P'], [195, 'B', 'P']), urumqi);
  // 09:30 in Urumqi is 210 minutes in.
  for (const part of ['180-195', '195-210', '195-240', '180-210', '210-240'])
    expect(parts).toContainEqual(part.split('-').map(Number));
});

it.each([shanghai, urumqi])('of $path every leftover of every question is among them', (site) => {
  const work = workOf(
    ...[0, 50, 70, 85, 100, 245, 300, 301, 400, 1430, 1500, 1549, 1700, 2900, 2930].map(
      (minute, turn) => [minute, `WO-${turn % 5}`, `P${Math.floor(turn / 3) % 2}`] as const,
    ),
  );
  const parts = new Set(partsOf(work, site).map(String));
  const bys = [['product'], ['order'], ['product', 'order'], []] as const;
  const calendars = [[], ['day'], ['shift'], ['hour'], ['day', 'shift'], ['shift', 'hour']] as const;
  let leftovers = 0;
  for (const by of bys.flatMap((one) => calendars.map((other) => [...one, ...other])))
    for (const { grain, from, to } of windowCutter({ site, window: SPAN, by })(work)) {
      if (grain !== null) continue;
      leftovers++;
      expect(parts).toContain(String([(from - MONDAY_8) / MINUTE, (to - MONDAY_8) / MINUTE]));
    }
  expect(leftovers).toBeGreaterThan(50);
});
