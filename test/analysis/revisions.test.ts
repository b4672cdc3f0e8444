import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { CellRevision } from '../../analysis/revision-log.ts';
import type { Vocabulary } from '../../domain/meaning.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { Machine, Plant, Site } from '../../domain/plant.ts';
import { correctionsIn, markLate } from '../../ingest/late-marks.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { RecordedCell, Store } from '../../store/port.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, machineOf, shanghai } from './plants.ts';

const NOW = MONDAY_8 + 3 * DAY + HOUR;
const EVER = { scope: '', from: 0, to: MONDAY_8 + 99 * DAY };

const words: Vocabulary = {
  ...{ id: 'own', version: 1, title: { zh: '自有', en: 'own' }, source: 'own design' },
  states: { run: 'running', wait: 'idle', fault: 'down' },
  ...{ overrides: [], signals: [] },
};
const imm1 = machineOf(IMM_1, {
  ...{ idealCycleUs: 12_500_000, productCycleUs: { P1: 11_800_000 }, maxSilenceMs: null },
  ...{ vocabulary: 'own', words },
});
const site: Site = {
  ...shanghai,
  shifts: shanghai.shifts.map((shift) => ({ ...shift, days: [1, 2, 3, 4, 5] })),
};
const plantWith = (machine: Partial<Machine>, of: Partial<Site> = {}): Plant => ({
  sites: [{ ...site, ...of }],
  machines: [{ ...imm1, ...machine }, machineOf(IMM_2, { maxSilenceMs: null })],
});
const PLANT = plantWith({});

/** Three days of one machine: it runs and waits by turns, each day one other product, and has a fault on the second. */
async function world(store: Store, dir: string, options: { readonly finalAfterMs?: number } = {}) {
  const registry = openRegistry({ dir });
  onTestFinished(() => registry.close());
  const { ledgerMarks, ledgerRevisions, servedCells } = registry;
  const clock = { now: NOW };
  const analysisOf = (plant: Plant) =>
    createAnalysis({
      ...{ store, plant, now: () => clock.now, ledgerMarks, revisions: ledgerRevisions, served: servedCells },
      ...options,
    });
  const report = async (ts: number, values: Record<string, SignalValue>, machine = IMM_1) => {
    const readings = [{ machine, ts, signals: Object.keys(values), values: Object.values(values) }];
    const corrected = await correctionsIn(ledgerMarks, store, readings);
    await store.write(readings);
    markLate(ledgerMarks, readings, corrected);
  };
  const said = (machine: string, ts: number, values: Record<string, SignalValue>) => ({
    ...{ machine, ts, signals: Object.keys(values), values: Object.values(values) },
  });
  const all = Array.from({ length: 72 }, (_, hour) => {
    const at = MONDAY_8 + hour * HOUR;
    const product = `P${1 + Math.floor(hour / 24)}`;
    return [
      said(IMM_1, at, { state: 'run', count: hour * 200, ...(hour % 24 === 0 ? { product } : {}) }),
      said(IMM_1, at + 40 * MINUTE, { state: hour === 30 ? 'fault' : 'wait' }),
      said(IMM_2, at, { state: 'running', count: hour }),
    ];
  });
  await store.write(all.flat());
  await analysisOf(PLANT).record();
  const cells = async (): Promise<ReadonlyMap<string, RecordedCell>> => {
    const all = await Promise.all(
      (['hour', 'shift', 'day'] as const).map((grain) => store.recordedLedger({ ...EVER, grain })),
    );
    return new Map(all.flat().map((cell) => [`${cell.machine} ${cell.grain} ${cell.from}`, cell]));
  };
  return { analysisOf, report, cells, log: ledgerRevisions, clock, registry };
}

const hours = (revisions: readonly CellRevision[]): readonly number[] =>
  revisions
    .filter(({ grain, machine }) => grain === 'hour' && machine === IMM_1)
    .map(({ from }) => (from - MONDAY_8) / HOUR)
    .sort((a, b) => a - b);

const upTo = (first: number, end: number): readonly number[] =>
  Array.from({ length: end - first }, (_, index) => first + index);

describe.each(['memory', 'embedded'] as const)('on the %s store', (kind) => {
  const opened = async () => {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-revisions-'));
    const store = kind === 'memory' ? openMemoryStore() : await openEmbeddedStore({ dir });
    onTestFinished(async () => {
      await store[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    });
    return { store, dir };
  };

  test.each<{
    readonly what: string;
    readonly plant: Plant;
    readonly causes: readonly string[];
    readonly touched: readonly number[];
  }>([
    {
      what: 'a word with another meaning touches the hours in which it was said or held',
      plant: plantWith({ words: { ...words, states: { ...words.states, fault: 'held' } } }),
      causes: ['vocabulary'],
      touched: [30],
    },
    {
      what: 'a word that nobody ever said touches nothing',
      plant: plantWith({ words: { ...words, states: { ...words.states, more: 'setup' } } }),
      causes: [],
      touched: [],
    },
    {
      what: 'a minimum of minor stops touches everything',
      plant: plantWith({ minorStopMs: 60_000 }),
      causes: ['settings'],
      touched: upTo(0, 72),
    },
    {
      what: 'a shorter break touches the hours in which it is',
      plant: plantWith(
        {},
        {
          shifts: site.shifts.map((shift) => ({
            ...shift,
            breaks: shift.breaks.map((pause) => ({ ...pause, end: pause.end - 15 })),
          })),
        },
      ),
      causes: ['calendar'],
      touched: [4, 28, 52],
    },
    {
      what: 'an ideal cycle touches what was made by it, not the product with one of its own',
      plant: plantWith({ idealCycleUs: 10_000_000 }),
      causes: ['cycle'],
      touched: upTo(24, 72),
    },
  ])('$what', async ({ plant, causes, touched }) => {
    const { store, dir } = await opened();
    const { analysisOf, cells, log } = await world(store, dir);
    const before = await cells();
    await analysisOf(plant).record();
    const noted = log.list({ ...EVER, limit: 1000 });
    expect(hours(noted)).toEqual(touched);
    expect([...new Set(noted.flatMap((one) => one.causes))]).toEqual(causes);
    const changed = new Set(noted.map(({ machine, grain, from }) => `${machine} ${grain} ${from}`));
    for (const [name, cell] of await cells()) {
      if (changed.has(name)) {
        expect(cell.revision).toBe(2);
        const { machine, grain, from } = cell;
        expect(await store.ledgerHistory({ machine, grain, from, to: from + 1 })).toEqual([before.get(name)]);
      } else expect(cell).toEqual(before.get(name));
    }
  });

  test('late data, a correction and a setting are told apart, also where they meet', async () => {
    const { store, dir } = await opened();
    const { analysisOf, report, log } = await world(store, dir);
    await report(MONDAY_8 + 10 * HOUR + 20 * MINUTE, { state: 'fault' });
    await report(MONDAY_8 + 50 * HOUR + 40 * MINUTE, { state: 'fault' });
    const plant = plantWith({ words: { ...words, states: { ...words.states, fault: 'held' } } });
    await analysisOf(plant).record();
    const causesOf = (hour: number) =>
      log.ofCell({ machine: IMM_1, grain: 'hour', from: MONDAY_8 + hour * HOUR }).map(({ causes }) => causes);
    expect(causesOf(10)).toEqual([['late-data', 'vocabulary']]);
    expect(causesOf(30)).toEqual([['vocabulary']]);
    expect(causesOf(50)).toEqual([['late-data', 'correction', 'vocabulary']]);
    expect(causesOf(20)).toEqual([]);
  });

  test('of settings that change together each is named where it counts', async () => {
    const { store, dir } = await opened();
    const { analysisOf, log } = await world(store, dir);
    const states = { ...words.states, fault: 'held' as const };
    await analysisOf(plantWith({ words: { ...words, states }, minorStopMs: 60_000 })).record();
    const causesOf = (hour: number) =>
      log.ofCell({ machine: IMM_1, grain: 'hour', from: MONDAY_8 + hour * HOUR }).map(({ causes }) => causes);
    expect(causesOf(30)).toEqual([['vocabulary', 'settings']]);
    expect(causesOf(29)).toEqual([['settings']]);
  });

  test('an answer that finds that a final hour changed says so at once', async () => {
    const { store, dir } = await opened();
    const { analysisOf, report } = await world(store, dir, { finalAfterMs: DAY });
    const analysis = analysisOf(PLANT);
    const from = MONDAY_8 + 10 * HOUR;
    const asked = async () => {
      const { rows } = await analysis.ledger({ scope: IMM_1, from, to: from + HOUR, by: ['hour'] });
      return [rows[0]?.revision, rows[0]?.finality];
    };
    expect(await asked()).toEqual([1, 'final']);
    await report(from + 20 * MINUTE, { state: 'fault' });
    expect(await asked()).toEqual([2, 'changed-after-final']);
  });

  test('what changes after the horizon is told apart, in rows and in the list', async () => {
    const { store, dir } = await opened();
    const { analysisOf, report, log, clock } = await world(store, dir, { finalAfterMs: DAY });
    const analysis = analysisOf(PLANT);
    const finalities = async () => {
      const question = { scope: IMM_1, from: MONDAY_8, to: MONDAY_8 + 3 * DAY, by: ['day' as const] };
      const { rows } = await analysis.ledger(question);
      const figures = (await analysis.kpis({ ...question, kpis: ['utilisation'] })).rows;
      expect(figures.map((row) => row.figures[0]?.finality)).toEqual(rows.map(({ finality }) => finality));
      return rows.map(({ finality }) => finality);
    };
    expect(await finalities()).toEqual(['final', 'final', 'provisional']);
    await report(MONDAY_8 + 10 * HOUR + 20 * MINUTE, { state: 'fault' });
    await report(MONDAY_8 + 60 * HOUR + 20 * MINUTE, { state: 'fault' });
    await analysis.record();
    expect(await finalities()).toEqual(['changed-after-final', 'final', 'provisional']);
    const noted = log.list({ ...EVER, grain: 'hour', limit: 9 });
    expect(noted.map(({ from, afterFinal }) => [(from - MONDAY_8) / HOUR, afterFinal]).sort()).toEqual([
      [10, true],
      [60, false],
    ]);
    clock.now += DAY;
    expect(await finalities()).toEqual(['changed-after-final', 'final', 'final']);
    const { revisions, next } = await analysis.revisions({ ...EVER, grain: 'day', limit: 1 });
    expect(next).not.toBeNull();
    expect(revisions[0]).toMatchObject({ revision: 2, previous: 1, causes: ['late-data'], settings: [] });
    expect(revisions[0]?.classes.map((one) => one.class)).toContain('breakdown');
    expect(revisions[0]?.figures.map(({ kpi }) => kpi)).toContain('utilisation');
    const { machine, grain, from } = revisions[0]!;
    const cell = await analysis.cellRevisions({ machine, grain, from });
    expect(cell?.revisions.map(({ revision, current, causes }) => [revision, current, causes])).toEqual([
      [1, false, []],
      [2, true, ['late-data']],
    ]);
    expect(await analysis.cellRevisions({ machine, grain, from: from + 1 })).toBeNull();
  });
});
