import { expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { Plant } from '../../domain/plant.ts';
import { openForTest } from '../registry/open.ts';
import { DAY, HOUR, IMM_1, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';
import { createWorld } from './world.ts';

const QUARTER = { from: MONDAY_8 - 90 * DAY, to: MONDAY_8 - DAY };

/** A plant that was heard for the first time on Monday at eight, and what is answered of the quarter before. */
async function world() {
  const { clock, report, store } = createWorld();
  const registry = openForTest();
  const start = (plant: Plant = plantOfTwo) =>
    createAnalysis({
      ...{ store, plant, now: clock.now, schedule: clock.schedule, ledgerMarks: registry.ledgerMarks },
      ...{ served: registry.servedCells, revisions: registry.ledgerRevisions },
    });
  await report(IMM_1, MONDAY_8, { state: 'running' });
  await clock.advance(3 * HOUR);
  const quarter = (analysis = start()) => analysis.ledger({ scope: IMM_1, by: ['hour'], ...QUARTER });
  const cell = { machine: IMM_1, grain: 'hour' as const, from: MONDAY_8 - 40 * DAY };
  return { start, quarter, cell, registry, report, store };
}

test('a quarter of a year before a machine was first heard is kept as one row, and each of its cells is read back', async () => {
  const { start, quarter, cell, registry } = await world();
  const { rows } = await quarter();
  expect((await quarter()).rows).toEqual(rows);
  expect(registry.servedCells.waiting()).toEqual(new Set());
  expect(registry.servedCells.unheard(IMM_1)).toHaveLength(1);
  const read = await start().cellRevisions(cell);
  expect(read?.revisions).toMatchObject([
    { revision: 1, current: true, ms: rows.find(({ from }) => from === cell.from)?.ms },
  ]);
});

test('what came late there, and what other settings make of it, follow as revisions of what was answered', async () => {
  const { start, quarter, cell, registry, report } = await world();
  const first = (await quarter()).rows.find(({ from }) => from === cell.from)!;
  const dayStart = plantOfTwo.sites.map((site) => ({ ...site, shifts: site.shifts.slice(0, 1) }));
  const other = { ...plantOfTwo, sites: dayStart };
  const changed = (await quarter(start(other))).rows.find(
    ({ from }) => from === MONDAY_8 - 40 * DAY + 14 * HOUR,
  )!;
  expect(changed.revision).toBe(2);
  await report(IMM_1, cell.from + 10 * MINUTE, { state: 'running' });
  const late = (await quarter()).rows.find(({ from }) => from === cell.from)!;
  expect([first.revision, late.revision]).toEqual([1, 2]);
  await start().record();
  const { revision, digest, ms } = late;
  expect((await quarter()).rows.find(({ from }) => from === cell.from)).toMatchObject({
    revision,
    digest,
    ms,
  });
  const read = await start().cellRevisions(cell);
  expect(read?.revisions.map(({ revision, ms }) => [revision, ms])).toEqual([
    [1, first.ms],
    [2, late.ms],
  ]);
  const { revisions } = await start().revisions({
    scope: IMM_1,
    from: cell.from,
    to: cell.from + HOUR,
    limit: 9,
  });
  expect(revisions.find(({ grain }) => grain === 'hour')).toMatchObject({ revision: 2, previous: 1 });
  expect(registry.servedCells.unheard(IMM_1)).toHaveLength(1);
});
