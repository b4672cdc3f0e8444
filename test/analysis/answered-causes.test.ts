import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { Machine, Plant, Site } from '../../domain/plant.ts';
import { correctionsIn, markLate } from '../../ingest/late-marks.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { openForTest, tempDir } from '../registry/open.ts';
import { HOUR, IMM_1, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';

const HOUR_8 = { scope: IMM_1, from: MONDAY_8, to: MONDAY_8 + HOUR };

const withMachine = (changes: Partial<Machine>): Plant => ({
  ...plantOfTwo,
  machines: plantOfTwo.machines.map((one) => (one.path === IMM_1 ? { ...one, ...changes } : one)),
});
const withSites = (changes: (site: Site) => Partial<Site>): Plant => ({
  ...plantOfTwo,
  sites: plantOfTwo.sites.map((site) => ({ ...site, ...changes(site) })),
});
const otherWords = withMachine({
  vocabulary: 'own',
  words: {
    ...{ id: 'own', version: 1, title: { zh: '自有', en: 'own' }, source: 'own design' },
    states: { LAEUFT: 'running', idle: 'idle', down: 'down' },
    ...{ overrides: [], signals: [] },
  },
});
const noShifts = withSites(() => ({ shifts: [] }));

/** A plant that runs by one configuration after another; nothing is recorded unless the recorder is called. */
function world() {
  const store = openMemoryStore();
  const dir = tempDir();
  const clock = { now: MONDAY_8 + 3 * HOUR };
  let registry = openForTest({ dir });
  const start = (plant: Plant) => {
    registry.close();
    registry = openForTest({ dir });
    const { ledgerMarks, ledgerRevisions: revisions, servedCells: served } = registry;
    const analysis = createAnalysis({ store, plant, now: () => clock.now, ledgerMarks, revisions, served });
    const ask = () => analysis.ledger({ ...HOUR_8, by: ['hour'] });
    const told = async () => {
      const all = await analysis.revisions({ ...HOUR_8, grain: 'hour', limit: 9 });
      return all.revisions
        .map(({ revision, causes, settings }) => [
          revision,
          causes.join(' '),
          [...new Set(settings.map(({ cause }) => cause))].sort().join(' '),
        ])
        .sort();
    };
    return { analysis, ask, told };
  };
  const report = async (ts: number, values: Record<string, SignalValue>) => {
    const readings = [{ machine: IMM_1, ts, signals: Object.keys(values), values: Object.values(values) }];
    const corrected = await correctionsIn(registry.ledgerMarks, store, readings);
    await store.write(readings);
    markLate(registry.ledgerMarks, readings, corrected);
  };
  const heard = async () => {
    await report(MONDAY_8, { state: 'LAEUFT' });
    await report(MONDAY_8 + 30 * MINUTE, { state: 'idle' });
  };
  return { start, report, heard, clock, dir };
}

test.each([
  ['vocabulary', otherWords],
  ['calendar', noShifts],
])('what was only answered says %s where that changed before anything is recorded', async (cause, plant) => {
  const { start, heard } = world();
  await heard();
  await start(plantOfTwo).ask();
  const { analysis, ask, told } = start(plant);
  await ask();
  expect(await told()).toEqual([[2, cause, cause]]);
  await analysis.record();
  expect(await told()).toEqual([[2, cause, cause]]);
});

test('nobody has to ask again: the recorder tells the cause as well', async () => {
  const { start, heard } = world();
  await heard();
  await start(plantOfTwo).ask();
  const { analysis, told } = start(noShifts);
  await analysis.record();
  expect(await told()).toEqual([[2, 'calendar', 'calendar']]);
});

test('each revision has the cause that it came by, also back to a former configuration', async () => {
  const { start, heard, report } = world();
  await heard();
  await start(plantOfTwo).ask();
  await start(otherWords).ask();
  const { ask } = start(otherWords);
  await report(MONDAY_8 + 40 * MINUTE, { state: 'down' });
  await ask();
  await start(noShifts).ask();
  const { analysis, ask: back, told } = start(otherWords);
  await back();
  const all = [
    [2, 'vocabulary', 'vocabulary'],
    [3, 'late-data', ''],
    [4, 'calendar vocabulary', 'calendar vocabulary'],
    [5, 'calendar vocabulary', 'calendar vocabulary'],
  ];
  expect(await told()).toEqual(all);
  await analysis.record();
  expect(await told()).toEqual(all);
});

test('what comes late after a restart with the same settings is late data, and so it is under others', async () => {
  const { start, heard, report } = world();
  await heard();
  await start(plantOfTwo).ask();
  await report(MONDAY_8 + 40 * MINUTE, { state: 'down' });
  const same = start(plantOfTwo);
  await same.ask();
  expect(await same.told()).toEqual([[2, 'late-data', '']]);
  // The night shift has nothing to do with that hour.
  const { analysis, ask, told } = start(withSites(({ shifts }) => ({ shifts: shifts.slice(0, 1) })));
  await report(MONDAY_8 + 50 * MINUTE, { state: 'idle' });
  await ask();
  await analysis.record();
  expect((await told()).map(([revision, causes]) => [revision, causes])).toEqual([
    [2, 'late-data'],
    [3, 'late-data'],
  ]);
});

test('late data over a recorded cell that was answered by changed settings since is late data alone', async () => {
  const { start, heard, report } = world();
  await heard();
  await start(plantOfTwo).analysis.record();
  const { analysis, ask, told } = start(noShifts);
  await ask();
  await report(MONDAY_8 + 40 * MINUTE, { state: 'down' });
  await ask();
  const all = [
    [2, 'calendar', 'calendar'],
    [3, 'late-data', ''],
  ];
  expect(await told()).toEqual(all);
  await analysis.record();
  expect(await told()).toEqual(all);
});

test('what changed settings make of time before a machine was first heard says so', async () => {
  const { start } = world();
  await start(plantOfTwo).ask();
  const { ask, told } = start(noShifts);
  await ask();
  expect(await told()).toEqual([[2, 'calendar', 'calendar']]);
});

test('of what a former version answered nobody knows the settings', async () => {
  const { start, heard, dir } = world();
  await heard();
  await start(plantOfTwo).ask();
  {
    using db = new DatabaseSync(join(dir, 'registry.sqlite'));
    db.exec('UPDATE answered_cell SET config = NULL');
  }
  const { ask, told } = start(noShifts);
  await ask();
  expect(await told()).toEqual([[2, 'late-data', '']]);
});
