import { expect, it } from 'vitest';
import { type AnalysisOptions, createAnalysis } from '../../analysis/create-analysis.ts';
import type { RemovalProgress } from '../../analysis/remove-raw.ts';
import type { Plant } from '../../domain/plant.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Store } from '../../store/port.ts';
import { openForTest } from '../registry/open.ts';
import { DAY, HOUR, MINUTE, MONDAY_8, machineOf, shanghai } from './plants.ts';

const MACHINES = Array.from({ length: 20 }, (_, place) => `acme/zhoushan/moulding/line1/imm-${place + 10}`);
const NOW = MONDAY_8 + 3 * DAY + 2 * HOUR;
const ASKED = { scope: '', from: MONDAY_8, to: MONDAY_8 + 3 * DAY, by: ['machine', 'day', 'order'] as const };

/** Twenty machines with orders, recorded for three days. */
async function recordedPlant() {
  const memory = openMemoryStore();
  const purged: number[] = [];
  const store: Store = {
    ...memory,
    purge: (before) => {
      purged.push(before);
      return memory.purge(before);
    },
  };
  const { ledgerMarks: marks, rawHorizons } = openForTest();
  const plant: Plant = { sites: [shanghai], machines: MACHINES.map((path) => machineOf(path)) };
  const told: RemovalProgress[] = [];
  const analysisWith = (more: Partial<AnalysisOptions> = {}) =>
    createAnalysis({
      ...{ store, plant, now: () => NOW, ledgerMarks: marks, rawHorizons },
      removing: (done) => void told.push(done),
      ...more,
    });
  for (const [place, machine] of MACHINES.entries())
    for (let minute = place; minute < 3 * 24 * 60; minute += 70) {
      const values = [minute % 3 === 0 ? 'idle' : 'running', `A${Math.floor(minute / 500)}`];
      await store.write([{ machine, ts: MONDAY_8 + minute * MINUTE, signals: ['state', 'order'], values }]);
    }
  await analysisWith().record();
  return { store, marks, rawHorizons, analysisWith, purged, told };
}

const rowsOf = async (analysis: ReturnType<typeof createAnalysis>) =>
  (await analysis.ledger({ ...ASKED, asOf: NOW })).rows.map(({ flags, ...row }) => ({
    ...row,
    flags: flags.filter((flag) => flag !== 'raw-data-removed'),
  }));

it('raw data of many machines goes in parts, between which others are recorded', async () => {
  const { rawHorizons, analysisWith, purged, told } = await recordedPlant();
  let [now, puts] = [NOW, 0];
  let recording: Promise<number> | undefined;
  let recordedAt: number | undefined;
  const analysis = analysisWith({
    now: () => now,
    rawHorizons: {
      ...rawHorizons,
      put(horizons) {
        rawHorizons.put(horizons);
        puts++;
        now = NOW + HOUR;
        recording ??= analysis.record().then((cells) => {
          recordedAt = puts;
          return cells;
        });
      },
    },
  });
  const before = await rowsOf(analysis);
  const removal = await analysis.removeRaw(NOW - DAY);
  expect(removal).toEqual({ outcome: 'removed', before: MONDAY_8 + 2 * DAY, machines: 20 });
  expect(await recording).toBe(20);
  expect(recordedAt).toBeLessThan(puts);
  expect(purged).toEqual([MONDAY_8 + 2 * DAY]);
  expect(told.map(({ machines, ofMachines }) => [machines, ofMachines])).toEqual([
    [8, 20],
    [16, 20],
    [20, 20],
  ]);
  expect(await rowsOf(analysis)).toEqual(before);
});

it('of each machine it is looked back once, however many there are', async () => {
  const { store, analysisWith } = await recordedPlant();
  const asked = new Map<string, number>();
  const { facts } = store;
  const counted: Store = {
    ...store,
    facts: (query) => {
      if (query.to - query.from === 1)
        for (const { path } of query.machines) asked.set(path, (asked.get(path) ?? 0) + 1);
      return facts(query);
    },
  };
  await analysisWith({ store: counted }).removeRaw(NOW - DAY);
  expect([...asked].sort()).toEqual(MACHINES.map((machine) => [machine, 1]));
});

it('a machine of which nothing old was found, and something comes meanwhile, is got ready as well', async () => {
  const { store, marks, rawHorizons, analysisWith } = await recordedPlant();
  const [silent, old] = [`${MACHINES[0]}-silent`, MONDAY_8 + DAY];
  await store.write([{ machine: silent, ts: NOW - HOUR, signals: ['state'], values: ['running'] }]);
  await analysisWith().record();
  let puts = 0;
  const analysis = analysisWith({
    rawHorizons: {
      ...rawHorizons,
      put(horizons) {
        rawHorizons.put(horizons);
        if (++puts !== 2) return;
        void store.write([{ machine: silent, ts: old, signals: ['state'], values: ['down'] }]);
        marks.mark([{ machine: silent, from: old, to: old }]);
      },
    },
  });
  expect(await analysis.removeRaw(NOW - DAY)).toMatchObject({ outcome: 'waits', machine: silent });
  await analysis.record();
  expect(await analysis.removeRaw(NOW - DAY)).toMatchObject({ outcome: 'removed' });
  expect(rawHorizons.all().get(silent)).toMatchObject({ carried: [{ ts: old, value: 'down' }] });
});

it('a removal that was killed between two parts goes on with the other machines, and late data meanwhile changes nothing', async () => {
  const { store, marks, rawHorizons, analysisWith, purged } = await recordedPlant();
  const before = await rowsOf(analysisWith());
  let puts = 0;
  const killed = analysisWith({
    rawHorizons: {
      ...rawHorizons,
      put(horizons) {
        if (++puts === 2) throw new Error('killed');
        rawHorizons.put(horizons);
      },
    },
  });
  await expect(killed.removeRaw(NOW - DAY)).rejects.toThrow('killed');
  expect(rawHorizons.all().size).toBe(8);
  expect(purged).toEqual([]);
  expect(await rowsOf(analysisWith())).toEqual(before);
  const machine = [...rawHorizons.all().keys()][0] as string;
  await store.write([{ machine, ts: MONDAY_8 + HOUR, signals: ['state'], values: ['down'] }]);
  marks.mark([{ machine, from: MONDAY_8 + HOUR, to: MONDAY_8 + HOUR }]);
  const after = analysisWith();
  expect(await after.removeRaw(NOW - DAY)).toMatchObject({ outcome: 'removed', machines: 12 });
  expect(rawHorizons.all().size).toBe(20);
  expect(purged).toEqual([MONDAY_8 + 2 * DAY]);
  await after.record();
  expect(await rowsOf(after)).toEqual(before);
});
