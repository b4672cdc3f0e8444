import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AnalysisOptions, createAnalysis } from '../../analysis/create-analysis.ts';
import { provableFrom } from '../../analysis/raw-horizon.ts';
import type { Reading } from '../../domain/observation.ts';
import type { Plant } from '../../domain/plant.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Grain, Store } from '../../store/port.ts';
import { openForTest } from '../registry/open.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, machineOf, plantOfTwo } from './plants.ts';
import { history, withAndWithout } from './removed-facts.ts';
import { answersWithAndWithout } from './removed-work.ts';

const DAYS = 6;
const NOW = MONDAY_8 + DAYS * DAY + 2 * HOUR;
const QUESTION = { scope: 'acme/zhoushan/moulding', from: MONDAY_8, to: MONDAY_8 + DAYS * DAY, asOf: NOW };
const GRAINS: readonly Grain[] = ['hour', 'shift', 'day'];
const STORES: readonly (readonly [string, (dir: string) => Promise<Store>])[] = [
  ['memory', async () => openMemoryStore()],
  ['embedded', (dir) => openEmbeddedStore({ dir: join(dir, 'store') })],
];

/** A recorded plant whose raw data can be removed, on any store. */
async function plantOn(open: (dir: string) => Promise<Store>) {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-horizon-'));
  const registry = openRegistry({ dir });
  const store = await open(dir);
  onTestFinished(async () => {
    await store[Symbol.asyncDispose]();
    registry.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const { ledgerMarks: marks, rawHorizons } = registry;
  const analysisWith = (plant: Plant = plantOfTwo, more: Partial<AnalysisOptions> = {}) =>
    createAnalysis({ store, plant, now: () => NOW, ledgerMarks: marks, rawHorizons, ...more });
  const say = async (machine: string, ts: number, said: Readonly<Record<string, string | number>>) => {
    await store.write([{ machine, ts, signals: Object.keys(said), values: Object.values(said) }]);
    const until = marks.recordedUntil(machine);
    if (until !== null && ts < until) marks.mark([{ machine, from: ts, to: ts }]);
  };
  const analysis = analysisWith();
  const batch: Reading[] = [];
  for (const machine of [IMM_1, IMM_2]) {
    let count = 0;
    for (let minute = 0; minute < DAYS * 24 * 60; minute += 37) {
      const state = minute % 3 === 0 ? 'down' : minute % 5 === 0 ? 'idle' : 'running';
      // Each changes at times of its own; nothing of the state for hours.
      const rarely = minute % (37 * 9) === 0 || machine === IMM_1;
      count += minute % 4;
      const signals = rarely ? ['state', 'count'] : ['count'];
      const values = rarely ? [state, count] : [count];
      batch.push({ machine, ts: MONDAY_8 + minute * MINUTE, signals, values });
    }
  }
  await store.write(batch);
  await analysis.record();
  const recorded = async () => {
    const span = { from: 0, to: NOW, scope: '' };
    return (await Promise.all(GRAINS.map((grain) => store.recordedLedger({ ...span, grain })))).flat();
  };
  return { store, marks, rawHorizons, analysis, analysisWith, say, recorded };
}

/** Rows without the flag that says that raw data is gone. */
const published = ({ rows }: Awaited<ReturnType<ReturnType<typeof createAnalysis>['ledger']>>) =>
  rows.map((row) => ({ ...row, flags: row.flags.filter((flag) => flag !== 'raw-data-removed') }));

const OLD = MONDAY_8 + 3 * DAY;
/** By whole days of UTC. */
const BEFORE = Math.floor(OLD / DAY) * DAY;

describe.each(STORES)('raw data removed from the %s store', (_, open) => {
  it('changes no published figure, and what can no longer be verified says so', async () => {
    const plant = await plantOn(open);
    const dims = [['machine', 'day'], ['machine', 'day', 'shift'], ['machine', 'hour'], []] as const;
    const before = await Promise.all(dims.map((by) => plant.analysis.ledger({ ...QUESTION, by })));
    expect(await plant.analysis.removeRaw(OLD)).toEqual({ outcome: 'removed', before: BEFORE, machines: 2 });
    const [left] = await plant.store.points({ ...QUESTION, machine: IMM_1, signal: 'state', everyMs: null });
    expect(left?.[0]).toBeGreaterThanOrEqual(BEFORE);
    for (const analysis of [plant.analysis, plant.analysisWith()]) {
      for (const [place, by] of dims.entries()) {
        const after = await analysis.ledger({ ...QUESTION, by });
        expect(published(after)).toEqual(before[place]?.rows);
      }
      const { rows } = await analysis.kpis({ ...QUESTION, by: ['day'], kpis: ['oee'] });
      const flagged = rows.map(({ figures }) => figures[0]?.flags.includes('raw-data-removed'));
      expect(flagged).toEqual([true, true, true, true, false, false]);
    }
  });

  it('stays so whatever comes late, is configured or rebuilt', async () => {
    const plant = await plantOn(open);
    await plant.analysis.removeRaw(OLD);
    const before = await plant.recorded();
    await plant.say(IMM_1, MONDAY_8 + DAY + MINUTE, { state: 'setup' });
    await plant.say(IMM_2, BEFORE - MINUTE, { state: 'setup', count: 1e6 });
    expect(await plant.analysis.record()).toBe(0);
    expect(await plant.recorded()).toEqual(before);

    const faster = plantOfTwo.machines.map((one) => ({ ...one, idealCycleUs: 9_000_000 }));
    const analysis = plant.analysisWith({ ...plantOfTwo, machines: faster });
    expect(await analysis.record()).toBeGreaterThan(20);
    const provable = provableFrom(machineOf(IMM_1), plant.rawHorizons.all().get(IMM_1));
    const older = <T extends { from: number }>(cells: readonly T[]) =>
      cells.filter(({ from }) => from < provable);
    expect(older(await plant.recorded())).toEqual(older(before));
    expect(older(before).length).toBeGreaterThan(2 * 3 * 27);

    const { slices, unverifiable } = await analysis.rebuilder.plan({ scope: '', from: null, to: null });
    expect(unverifiable).toEqual({ machines: 2, before: BEFORE });
    for (const { parts } of slices)
      expect(await analysis.rebuilder.rebuild({ parts, check: false })).toMatchObject({
        missing: 0,
        differing: 0,
      });
    const { rows } = await analysis.ledger({ ...QUESTION, to: MONDAY_8 + 3 * DAY, by: ['machine', 'day'] });
    const days = before.filter(({ grain, to }) => grain === 'day' && to <= MONDAY_8 + 3 * DAY);
    expect(rows.map(({ digest }) => digest)).toHaveLength(days.length);
    expect(rows.map(({ ms }) => ms)).toEqual(days.map(({ ms }) => ms));
  });

  it('leaves what comes after it as if nothing had been removed', async () => {
    const [whole, cut] = [await plantOn(open), await plantOn(open)];
    await cut.analysis.removeRaw(OLD);
    for (const plant of [whole, cut]) {
      await plant.say(IMM_1, BEFORE + 20 * MINUTE, { state: 'running' });
      await plant.say(IMM_2, BEFORE + 3 * HOUR, { count: 7 });
      // Again, later: the horizon moves on with what was carried there.
      if (plant === cut) await plant.analysis.record();
    }
    expect(await cut.analysis.removeRaw(OLD + DAY)).toMatchObject({ before: BEFORE + DAY });
    for (const plant of [whole, cut]) {
      await plant.say(IMM_2, BEFORE + DAY + 2 * HOUR, { state: 'held' });
      await plant.analysis.record();
    }
    const provable = provableFrom(machineOf(IMM_1), cut.rawHorizons.all().get(IMM_1));
    const behind = async ({ recorded }: typeof cut) =>
      (await recorded()).filter(({ from }) => from >= provable);
    expect(await behind(cut)).toEqual(await behind(whole));
    expect((await behind(whole)).filter(({ revision }) => revision > 1).length).toBeGreaterThan(1);
  });

  it('keeps a machine of which nothing is left in every scope that it lies in', async () => {
    const plant = await plantOn(open);
    const gone = 'acme/zhoushan/moulding/line1/imm-09';
    await plant.say(gone, MONDAY_8 + HOUR, { state: 'running' });
    await plant.analysis.record();
    const asked = { ...QUESTION, by: ['machine', 'day'] as const };
    const before = await plant.analysis.ledger(asked);
    expect(await plant.analysis.removeRaw(OLD)).toMatchObject({ outcome: 'removed', machines: 3 });
    expect((await plant.store.machines()).map(({ path }) => path)).not.toContain(gone);
    for (const analysis of [plant.analysis, plant.analysisWith()]) {
      expect(published(await analysis.ledger(asked))).toEqual(before.rows);
      expect((await analysis.plant()).machines.find(({ path }) => path === gone)).toMatchObject({
        lastHeard: MONDAY_8 + HOUR,
      });
    }
    expect(await plant.analysis.removeRaw(OLD + DAY)).toMatchObject({ outcome: 'removed', machines: 3 });
    expect(plant.rawHorizons.all().get(gone)).toMatchObject({ lastHeard: MONDAY_8 + HOUR });
  });

  it('keeps ledgers by grain as long as is said, and says what is no longer kept', async () => {
    const plant = await plantOn(open);
    const day = (n: number) => MONDAY_8 + n * DAY;
    const kept = { hour: day(2), shift: null, day: null, revisions: day(100) };
    const analysis = plant.analysisWith(plantOfTwo, { ledgerKeptSince: () => kept });
    const asked = { ...QUESTION, by: ['machine', 'day', 'shift'] as const };
    const [shifts, hours] = await Promise.all([
      analysis.ledger(asked),
      analysis.ledger({ ...QUESTION, by: ['machine', 'hour'] }),
    ]);
    await analysis.removeRaw(OLD);
    // Never what raw data can still give.
    expect(plant.rawHorizons.ledger()).toEqual({ hour: Math.floor(day(2) / DAY) * DAY, revisions: BEFORE });
    const recorded = await plant.recorded();
    const gone = plant.rawHorizons.ledger().hour as number;
    const hoursLeft = recorded.filter(({ grain }) => grain === 'hour');
    expect(Math.min(...hoursLeft.map(({ from }) => from))).toBe(gone);
    for (const one of [analysis, plant.analysisWith()]) {
      expect(published(await one.ledger(asked))).toEqual(shifts.rows);
      const { rows } = await one.ledger({ ...QUESTION, by: ['machine', 'hour'] });
      for (const [place, row] of rows.entries()) {
        const before = hours.rows[place] as (typeof rows)[number];
        const isGone = row.from < gone;
        expect(row.flags.includes('ledger-removed')).toBe(isGone);
        if (isGone) {
          expect(row.ms.running + row.ms.breakdown + row.ms.idle).toBe(0);
          expect(row.ms.unknown + row.ms.plannedStop + row.ms.notScheduled).toBe(HOUR);
        } else expect(published({ ...hours, rows: [row] })).toEqual([before]);
      }
      const proof = await one.proof.verify({ ...QUESTION, by: ['machine', 'hour'], kpis: ['utilisation'] });
      expect(new Set(proof.rows.filter(({ from }) => from < gone).map(({ outcome }) => outcome))).toEqual(
        new Set(['not-checked']),
      );
      const cell = { machine: IMM_1, grain: 'hour' as const };
      await expect(one.cellRevisions({ ...cell, from: gone - HOUR })).rejects.toMatchObject({
        code: 'ledger-removed',
      });
      expect(await one.cellRevisions({ ...cell, from: gone })).toMatchObject({ olderRemoved: true });
    }
    // What a process that was stopped wrote down is done by the next, and nothing is removed twice.
    await plant.store.recordLedger(
      recorded.slice(0, 1).map((cell) => ({ ...cell, from: gone - HOUR, to: gone })),
    );
    await analysis.removeRaw(OLD);
    expect(await plant.recorded()).toHaveLength(recorded.length + 1);
    await plant.analysisWith(plantOfTwo, { ledgerKeptSince: () => kept }).removeRaw(OLD);
    expect(await plant.recorded()).toEqual(recorded);
  });

  it('waits for what is not recorded as it is configured now', async () => {
    const plant = await plantOn(open);
    const faster = plantOfTwo.machines.map((one) => ({ ...one, idealCycleUs: 9_000_000 }));
    const analysis = plant.analysisWith({ ...plantOfTwo, machines: faster });
    expect(await analysis.removeRaw(OLD)).toEqual({ outcome: 'waits', before: BEFORE, machine: IMM_1 });
    await analysis.record();
    expect(await analysis.removeRaw(OLD)).toMatchObject({ outcome: 'removed', machines: 2 });
  });

  it('makes what was never recorded unknown, and says why', async () => {
    const plant = await plantOn(open);
    const half = { scope: IMM_1, from: MONDAY_8 + DAY + 10 * MINUTE, to: MONDAY_8 + DAY + 40 * MINUTE };
    await plant.analysis.removeRaw(OLD);
    const { rows } = await plant.analysis.ledger({ ...half, by: [], asOf: NOW });
    expect(rows[0]).toMatchObject({ ms: { unknown: 30 * MINUTE, running: 0 } });
    expect(rows[0]?.flags).toContain('raw-data-removed');
  });

  it('waits for what is not recorded yet', async () => {
    const plant = await plantOn(open);
    await plant.say(IMM_2, MONDAY_8 + DAY, { state: 'running' });
    expect(await plant.analysis.removeRaw(OLD)).toEqual({ outcome: 'waits', before: BEFORE, machine: IMM_2 });
    const kept = await plant.store.points({ ...QUESTION, machine: IMM_1, signal: 'state', everyMs: null });
    expect(kept[0]?.[0]).toBe(MONDAY_8);
    await plant.analysis.record();
    expect(await plant.analysis.removeRaw(OLD)).toMatchObject({ outcome: 'removed', machines: 2 });
    expect(await plant.analysis.removeRaw(OLD)).toMatchObject({ outcome: 'removed', machines: 0 });
  });
});

it('whatever was heard, many machines of one embedded store lose what is older and what lies behind says the same', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-removed-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  await using store = await openEmbeddedStore({ dir });
  for (const { whole, cut } of await withAndWithout(store, fc.sample(history, { numRuns: 12, seed: 2026 })))
    expect(cut).toEqual(whole);
});

it('whatever was worked on, many machines of one embedded store are answered by product and order as they were', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-worked-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  await using store = await openEmbeddedStore({ dir });
  const histories = fc.sample(history, { numRuns: 2, seed: 33 });
  for (const { whole, cut } of await answersWithAndWithout(store, openForTest(), histories))
    expect(cut).toEqual(whole);
});

it('a registry gives horizons back as they were put, also to another process', () => {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-horizons-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  using first = openRegistry({ dir });
  using second = openRegistry({ dir });
  expect(second.rawHorizons.all().size).toBe(0);
  const carried = [0.1 + 0.2, 2n ** 60n, true, false, '', '运行'].map((value, ts) => ({
    signal: `s${ts}`,
    ts,
    value,
  }));
  const horizon = {
    machine: 'm',
    before: 10,
    lastHeard: 9,
    statesFrom: 3,
    unknownUntil: null,
    workedUntil: 11,
    trackedUntil: 12,
    firstHeard: 1,
    carried,
  };
  first.rawHorizons.put([horizon]);
  expect(second.rawHorizons.all()).toEqual(new Map([['m', horizon]]));
  expect(second.rawHorizons.all()).toBe(second.rawHorizons.all());
  first.rawHorizons.put([{ ...horizon, before: 20 }]);
  expect(second.rawHorizons.all().get('m')?.before).toBe(20);
});
