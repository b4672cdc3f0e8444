import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Dimension } from '../../analysis/answers.ts';
import { type AnalysisOptions, createAnalysis } from '../../analysis/create-analysis.ts';
import type { RawHorizons } from '../../analysis/raw-horizon.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Store } from '../../store/port.ts';
import { openForTest } from '../registry/open.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';

const DAYS = 4;
const NOW = MONDAY_8 + DAYS * DAY + 3 * HOUR;
const LINE = 'acme/zhoushan/moulding/line1';
/** Raw data is removed up to here: 08:00 in Shanghai. */
const BEFORE = MONDAY_8 + 2 * DAY;
const SPAN = { from: MONDAY_8, to: MONDAY_8 + DAYS * DAY, asOf: NOW };
const BY: readonly (readonly Dimension[])[] = [
  ['product'],
  ['order'],
  ['product', 'order'],
  ['machine', 'order'],
  ['day', 'shift', 'product'],
  ['hour', 'order'],
];
const ENTRY = {
  ...{ scope: '', note: null, by: '计划科', plannedQuantity: null, plannedScrap: null },
  ...{ plannedStart: null, plannedEnd: null, countedAt: null },
};

/** Two machines; the first changes its order each 100 minutes, the second its product by an order that is entered. */
async function plantOn(store: Store = openMemoryStore()) {
  const registry = openForTest();
  const { ledgerMarks: marks, rawHorizons } = registry;
  const analysisWith = (more: Partial<AnalysisOptions> = {}) =>
    createAnalysis({
      ...{ store, plant: plantOfTwo, now: () => NOW, ledgerMarks: marks, rawHorizons },
      ...{ workShelf: registry.work, editLog: registry.annotations, ...more },
    });
  const say = async (machine: string, ts: number, said: Readonly<Record<string, string | number>>) => {
    await store.write([{ machine, ts, signals: Object.keys(said), values: Object.values(said) }]);
    const until = marks.recordedUntil(machine);
    if (until !== null && ts < until) marks.mark([{ machine, from: ts, to: ts }]);
  };
  for (let minute = 0; minute < DAYS * 24 * 60; minute += 20) {
    const ts = MONDAY_8 + minute * MINUTE;
    const state = minute % 180 === 0 ? 'down' : 'running';
    const turn = Math.floor(minute / 100);
    const work = { order: `WO-${turn % 7}`, product: `P${turn % 2}`, orderQuantity: 400 + turn };
    await say(IMM_1, ts, { state, count: minute, ...(minute % 100 === 0 && work) });
    await say(IMM_2, ts, { state, count: 2 * minute, ...(minute % 1500 === 0 && { order: 'MO-1' }) });
  }
  const analysis = analysisWith();
  await analysis.work.enterOrder({ ...ENTRY, order: 'MO-1', product: 'P9', from: MONDAY_8 + 7 * MINUTE });
  await analysis.record();
  return { store, registry, marks, rawHorizons, analysis, analysisWith, say };
}

type Analysis = ReturnType<typeof createAnalysis>;

/** Every answer that names products and orders, without the flag that says that raw data is gone. */
async function answersOf(analysis: Analysis) {
  const rows = await Promise.all(BY.map((by) => analysis.ledger({ ...SPAN, scope: LINE, by })));
  const kpis = await analysis.kpis({ ...SPAN, scope: LINE, by: ['product'], kpis: ['oee', 'quality-ratio'] });
  const orders = await analysis.work.orders({ ...SPAN, scope: LINE });
  const order = await analysis.work.orders({ ...SPAN, scope: LINE, order: 'WO-3' });
  const report = await analysis.shiftReport({ line: LINE, shift: 'day', day: '2026-01-06', asOf: NOW });
  return JSON.parse(
    JSON.stringify([rows, kpis, orders, order, report.work], (name, value) => {
      if (name === 'flags') return value.filter((flag: string) => flag !== 'raw-data-removed');
      return typeof value === 'bigint' ? `${value}` : value;
    }),
  );
}

const namesOf = async (analysis: Analysis, by: Dimension, span = SPAN): Promise<readonly unknown[]> =>
  (await analysis.ledger({ ...span, scope: LINE, by: [by] })).rows.map(({ key }) => key[by]);

const openEmbedded = async (): Promise<Store> => {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-kept-work-'));
  const store = await openEmbeddedStore({ dir });
  onTestFinished(async () => {
    await store[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });
  return store;
};

describe.each([
  ['memory', async () => openMemoryStore()],
  ['embedded', openEmbedded],
] as const)('rows by product and order, whose raw data is removed from the %s store,', (_, open) => {
  it('say what they said, removed once or day by day, and what can’t be verified says so', async () => {
    const plant = await plantOn(await open());
    const before = await answersOf(plant.analysis);
    for (const border of [BEFORE, BEFORE + DAY]) {
      expect(await plant.analysis.removeRaw(border)).toMatchObject({ outcome: 'removed', machines: 2 });
      expect(await answersOf(plant.analysisWith())).toEqual(before);
    }
    const asked = { ...SPAN, scope: LINE, by: ['product', 'order'] as const, kpis: ['oee'] };
    const { rows } = await plant.analysis.proof.verify(asked);
    expect(rows.length).toBeGreaterThan(7);
    for (const { outcome, rawDataRemoved } of rows)
      expect({ outcome, rawDataRemoved }).toEqual({ outcome: 'not-checked', rawDataRemoved: true });
    const late = await plant.analysis.proof.verify({ ...asked, from: BEFORE + DAY + HOUR });
    expect(new Set(late.rows.map(({ outcome }) => outcome))).toEqual(new Set(['same']));
  });
});

describe('what was worked on before raw data was removed', () => {
  it('stands, whatever is entered, configured or comes late; what comes after it doesn’t', async () => {
    const plant = await plantOn();
    await plant.analysis.removeRaw(BEFORE);
    const older = { ...SPAN, to: BEFORE };
    const rowsOf = async (analysis: Analysis, span: typeof SPAN) =>
      (await Promise.all(BY.map((by) => analysis.ledger({ ...span, scope: LINE, by })))).map(
        ({ rows }) => rows,
      );
    const before = await rowsOf(plant.analysis, older);
    await plant.analysis.work.enterOrder({ ...ENTRY, order: 'MO-1', product: 'P8', from: MONDAY_8 + DAY });
    await plant.analysis.work.enterProduct({
      ...{ product: 'P1', scope: '', from: MONDAY_8, cycleUs: 7_000_000, by: '王工', note: null },
    });
    await plant.say(IMM_1, BEFORE - 30 * MINUTE, { order: 'LATE', product: 'LATE' });
    await plant.analysis.record();
    const faster = plantOfTwo.machines.map((one) => ({
      ...one,
      minorStopMs: 60_000,
      idealCycleUs: 9_000_000,
    }));
    for (const analysis of [
      plant.analysis,
      plant.analysisWith({ plant: { ...plantOfTwo, machines: faster } }),
    ])
      expect(await rowsOf(analysis, older)).toEqual(before);
    expect(await namesOf(plant.analysis, 'product', older)).toContain('P9');
    const newer = await namesOf(plant.analysis, 'product', { ...SPAN, from: BEFORE + HOUR });
    expect(newer).toContain('P8');
    expect(newer).not.toContain('P9');
  });

  it('adds up with what comes late just behind it, though an order then ends elsewhere', async () => {
    const plant = await plantOn();
    await plant.analysis.removeRaw(BEFORE);
    // An order that began before the hour that the horizon cuts ends in the hour after it.
    await plant.say(IMM_1, BEFORE + HOUR + 7 * MINUTE, { order: 'LATE', state: 'down' });
    await plant.analysis.record();
    const span = { ...SPAN, from: BEFORE - 2 * HOUR, to: BEFORE + 3 * HOUR, scope: IMM_1 };
    const [whole] = (await plant.analysis.ledger({ ...span, by: [] })).rows;
    const { rows } = await plant.analysis.ledger({ ...span, by: ['order'] });
    const sumOf = (name: 'running' | 'breakdown' | 'unknown') =>
      rows.reduce((sum, { ms }) => sum + ms[name], 0);
    for (const name of ['running', 'breakdown', 'unknown'] as const)
      expect(sumOf(name)).toBe(whole?.ms[name]);
    expect(rows.map(({ key }) => key.order)).toContain('LATE');
    expect(rows.reduce((sum, { counts }) => sum + counts.produced, 0)).toBe(whole?.counts.produced);
  });

  it('counts once the horizon is put: what a removal that was cut off kept is made again', async () => {
    const plant = await plantOn();
    const before = await answersOf(plant.analysis);
    const horizons: RawHorizons = {
      ...plant.rawHorizons,
      put: () => {
        throw new Error('the power is cut');
      },
    };
    await expect(plant.analysisWith({ rawHorizons: horizons }).removeRaw(BEFORE + DAY)).rejects.toThrow(
      'power',
    );
    expect(plant.rawHorizons.work.days(IMM_1, 'parts', { from: 0, to: NOW })).not.toEqual([]);
    // What was kept then isn't looked at, and gives way.
    await plant.say(IMM_2, MONDAY_8 + 70 * MINUTE, { order: 'MO-2' });
    await plant.analysis.record();
    const changed = await answersOf(plant.analysis);
    expect(changed).not.toEqual(before);
    await plant.analysis.removeRaw(BEFORE);
    expect(await answersOf(plant.analysisWith())).toEqual(changed);
  });

  it('stays unknown where an older version removed it, changes nowhere, and is kept from there on', async () => {
    const plant = await plantOn();
    // As a version before left it: nothing is kept, and up to where isn't told.
    const { put, work } = plant.rawHorizons;
    const older: RawHorizons = {
      ...plant.rawHorizons,
      work: { ...work, put: () => {} },
      put: (moved) => put(moved.map((one) => ({ ...one, workedUntil: null }))),
    };
    const before = await answersOf(plant.analysis);
    await plant.analysisWith({ rawHorizons: older }).removeRaw(BEFORE);
    const young = { ...SPAN, from: BEFORE + HOUR };
    const gone = { ...SPAN, to: BEFORE - DAY };
    const youngOf = async (analysis: Analysis) =>
      (await analysis.ledger({ ...young, scope: LINE, by: ['product', 'order', 'hour'] })).rows.map(
        ({ flags: _, ...row }) => row,
      );
    const wanted = await youngOf(plant.analysis);
    const told = await answersOf(plant.analysis);
    for (const border of [BEFORE, BEFORE + DAY]) {
      await plant.analysis.removeRaw(border);
      const analysis = plant.analysisWith();
      expect(await namesOf(analysis, 'order', gone)).toEqual([null]);
      expect(await answersOf(analysis)).not.toEqual(before);
      expect(await answersOf(analysis)).toEqual(told);
      expect(await youngOf(analysis)).toEqual(wanted);
    }
  });

  it('goes with recorded hours in its parts, and keeps its names', async () => {
    const plant = await plantOn();
    const before = (await plant.analysis.ledger({ ...SPAN, scope: LINE, by: ['order', 'hour'] })).rows;
    const kept = { hour: MONDAY_8 + DAY, shift: null, day: null, revisions: null };
    const analysis = plant.analysisWith({ ledgerKeptSince: () => kept });
    await analysis.removeRaw(BEFORE);
    expect(plant.rawHorizons.work.days(IMM_1, 'parts', { from: 0, to: NOW })[0]?.day).toBe(MONDAY_8 + DAY);
    const { rows } = await analysis.ledger({ ...SPAN, scope: LINE, by: ['order', 'hour'] });
    expect(rows.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    for (const [place, row] of rows.entries()) {
      const isGone = row.from < MONDAY_8 + DAY;
      expect(row.flags.includes('ledger-removed')).toBe(isGone);
      if (!isGone) expect(row.digest).toBe(before[place]?.digest);
      else expect(row.ms.running).toBe(0);
    }
  });

  it('costs nothing where nothing changes', async () => {
    const plant = await plantOn();
    await plant.analysis.removeRaw(BEFORE + DAY);
    const daysOf = (machine: string, kind: 'work' | 'told' | 'parts') =>
      plant.rawHorizons.work.days(machine, kind, { from: 0, to: NOW }).length;
    expect(daysOf(IMM_1, 'work')).toBe(3);
    // Its product is named by an order that is entered at seven minutes past; then the same goes on.
    expect([daysOf(IMM_2, 'work'), daysOf(IMM_2, 'parts'), daysOf(IMM_2, 'told')]).toEqual([1, 1, 0]);
  });
});
