import { describe, expect, it } from 'vitest';
import type { Signature } from '../../analysis/annotations/said-edit.ts';
import { type AnalysisOptions, createAnalysis } from '../../analysis/create-analysis.ts';
import type { RawHorizons } from '../../analysis/raw-horizon.ts';
import type { Plant, Site } from '../../domain/plant.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { openForTest } from '../registry/open.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, plantOfTwo, shanghai } from './plants.ts';

const LINE = 'acme/zhoushan/moulding/line1';
const DAYS = 3;
const NOW = MONDAY_8 + DAYS * DAY + 3 * HOUR;
const BEFORE = MONDAY_8 + DAY;
/** Where recorded hours stand to: the horizon's hour is cut by a stop that could be a minor one. */
const STANDS = BEFORE + HOUR;
const SPAN = { from: MONDAY_8, to: MONDAY_8 + DAYS * DAY };
const signed: Signature = { id: 'x', by: '王工', note: null, takenAt: null, sentAt: null };

/** The first machine stands over the horizon; the second waits each hour. */
async function plantOn() {
  const store = openMemoryStore();
  const registry = openForTest();
  let keptSince = Number.NEGATIVE_INFINITY;
  const analysisWith = (more: Partial<AnalysisOptions> = {}) =>
    createAnalysis({
      ...{ store, plant: plantOfTwo, now: () => NOW, ledgerMarks: registry.ledgerMarks },
      ...{ rawHorizons: registry.rawHorizons, editLog: registry.annotations, keptSince: () => keptSince },
      ...more,
    });
  const say = (machine: string, ts: number, said: Readonly<Record<string, string | number>>) =>
    store.write([{ machine, ts, signals: Object.keys(said), values: Object.values(said) }]);
  for (let minute = 0; minute < DAYS * 24 * 60; minute += 5) {
    const ts = MONDAY_8 + minute * MINUTE;
    const stands = Math.abs(ts - BEFORE) < 3 * HOUR || minute % 300 < 20;
    await say(IMM_1, ts, { state: stands ? 'down' : 'running', reason: stands ? 'jam' : '', count: minute });
    await say(IMM_2, ts, { state: minute % 60 < 15 ? 'starved' : 'running', count: minute });
  }
  const analysis = analysisWith();
  const annotated = { from: MONDAY_8, to: MONDAY_8 + 10 * MINUTE, class: null, reason: 'tooling' };
  await analysis.stops.say({ ...signed, ...annotated, id: 'a', machine: IMM_1, kind: 'annotate' });
  await analysis.record();
  return {
    ...{ registry, analysis, analysisWith, say },
    remove(before: number, by = analysis) {
      keptSince = before;
      return by.removeRaw(before);
    },
  };
}

type Analysis = ReturnType<typeof createAnalysis>;

async function toldBy(analysis: Analysis, span = SPAN) {
  const asked = { ...span, scope: LINE, by: ['machine', 'day'] as const };
  const { rows } = await analysis.reasons(asked);
  const { stops } = await analysis.stops.stops({ ...span, machine: IMM_1 });
  const { intervals } = await analysis.timeline({ ...span, machine: IMM_1 });
  const { ms, byMachine } = await analysis.lineStops({ ...span, line: LINE });
  return { rows, stops, intervals, ms, byMachine };
}

describe('what machines did before raw data was removed', () => {
  it('stands, whatever comes late or is configured; what comes after it doesn’t', async () => {
    const plant = await plantOn();
    await plant.remove(BEFORE);
    const older = { from: MONDAY_8, to: STANDS };
    const [old, young] = [await toldBy(plant.analysis, older), await toldBy(plant.analysis)];
    await plant.say(IMM_1, BEFORE - 9 * HOUR, { state: 'idle', reason: 'late' });
    await plant.say(IMM_1, BEFORE + 30 * MINUTE + 1, { state: 'running', reason: '' });
    plant.registry.ledgerMarks.mark([{ machine: IMM_1, from: BEFORE - 9 * HOUR, to: STANDS }]);
    await plant.analysis.record();
    const ruled: Site = { ...shanghai, classes: [{ class: 'idle', states: ['down', 'starved'] }] };
    const other: Plant = { ...plantOfTwo, sites: [ruled] };
    expect(await toldBy(plant.analysis, older)).toEqual(old);
    const otherwise = plant.analysisWith({ plant: other });
    expect(await toldBy(otherwise, older)).toEqual(old);
    expect((await toldBy(otherwise)).rows).not.toEqual(young.rows);
  });

  it('has one stop where one lasted over the horizon', async () => {
    const plant = await plantOn();
    await plant.remove(BEFORE);
    const span = { from: BEFORE - HOUR, to: BEFORE + 5 * HOUR };
    const { stops, intervals } = await toldBy(plant.analysis, span);
    const stop = { from: span.from, to: BEFORE + 3 * HOUR };
    expect(stops[0]).toMatchObject({ ...stop, cut: true, open: false, parts: [{ ...stop, reason: 'jam' }] });
    expect(intervals[0]).toMatchObject({ ...stop, state: 'down', raw: 'down', source: 'observed' });
    const [row] = (await plant.analysis.reasons({ ...span, scope: IMM_1, by: [] })).rows;
    expect(row?.reasons.find(({ reason }) => reason === 'jam')).toMatchObject({ stops: 1, ms: 4 * HOUR });
  });

  it('takes no more words, up to the end of the hour that stands, and none back', async () => {
    const { analysis, remove } = await plantOn();
    await remove(BEFORE);
    const edit = { ...signed, machine: IMM_1, kind: 'annotate', reason: 'other', class: null } as const;
    for (const from of [MONDAY_8, STANDS - 1])
      await expect(analysis.stops.say({ ...edit, from, to: STANDS + HOUR })).rejects.toMatchObject({
        ...{ code: 'raw-data-removed', parameter: 'from' },
        allowed: [`a time from ${new Date(STANDS).toISOString()} on`],
      });
    await expect(analysis.stops.undo('a', signed)).rejects.toMatchObject({ code: 'raw-data-removed' });
    const split = { ...edit, kind: 'split', from: STANDS - 1, to: STANDS - 1 } as const;
    await expect(analysis.stops.say(split)).rejects.toMatchObject({
      ...{ code: 'raw-data-removed', parameter: 'at' },
    });
    const asked = { machine: IMM_1, from: MONDAY_8, to: STANDS + HOUR };
    expect(await analysis.stops.stops(asked)).toMatchObject({ editableSince: STANDS });
    await analysis.stops.say({ ...edit, from: STANDS, to: STANDS + HOUR });
    const [stop] = (await analysis.stops.stops({ from: STANDS - 1, to: STANDS + HOUR, machine: IMM_1 }))
      .stops;
    expect(stop?.parts.map(({ from, reason }) => [from, reason])).toEqual([
      [STANDS - 1, 'jam'],
      [STANDS, 'other'],
    ]);
  });

  it('counts once the horizon is put: what a removal that was cut off kept is made again', async () => {
    const plant = await plantOn();
    const horizons: RawHorizons = {
      ...plant.registry.rawHorizons,
      put: () => {
        throw new Error('the power is cut');
      },
    };
    const cut = plant.analysisWith({ rawHorizons: horizons });
    await expect(plant.remove(BEFORE + DAY, cut)).rejects.toThrow('power');
    const days = () => plant.registry.rawHorizons.tracks.days(IMM_1, { from: 0, to: NOW });
    expect(days()).toHaveLength(3);
    await plant.say(IMM_1, MONDAY_8 + 30 * MINUTE + 1, { state: 'setup' });
    plant.registry.ledgerMarks.mark([{ machine: IMM_1, from: MONDAY_8, to: MONDAY_8 + HOUR }]);
    await plant.analysis.record();
    const before = await toldBy(plant.analysis);
    await plant.remove(BEFORE);
    expect(days()).toHaveLength(2);
    expect(await toldBy(plant.analysisWith())).toEqual(before);
  });

  it('stays unknown where an older version removed it, changes nowhere, and is kept from there on', async () => {
    const plant = await plantOn();
    const { put, tracks } = plant.registry.rawHorizons;
    const older: RawHorizons = {
      ...plant.registry.rawHorizons,
      tracks: { ...tracks, put: () => {} },
      put: (moved) => put(moved.map((one) => ({ ...one, trackedUntil: null, firstHeard: null }))),
    };
    const young = { from: STANDS, to: SPAN.to };
    const before = await toldBy(plant.analysis, young);
    await plant.remove(BEFORE, plant.analysisWith({ rawHorizons: older }));
    const { intervals } = await toldBy(plant.analysis, { from: MONDAY_8, to: MONDAY_8 + HOUR });
    expect(intervals.map(({ state }) => state)).toEqual(['unknown']);
    const left = await toldBy(plant.analysis);
    const heard = async () =>
      (await plant.analysis.presence({ scope: IMM_1, filters: [] })).machines[0]?.firstHeard;
    expect(await heard()).toBe(BEFORE);
    await plant.remove(BEFORE + DAY);
    expect(await toldBy(plant.analysisWith())).toEqual(left);
    expect(await heard()).toBe(BEFORE);
    // Since when the line stood lies before what is known.
    const { stops, rows, ms } = await toldBy(plant.analysisWith(), young);
    expect({ stops: stops.slice(1), rows, ms }).toEqual({
      ...{ stops: before.stops.slice(1), rows: before.rows, ms: before.ms },
    });
  });

  it('goes with recorded hours', async () => {
    const plant = await plantOn();
    const before = await toldBy(plant.analysis, { from: BEFORE, to: SPAN.to });
    const kept = { hour: BEFORE, shift: null, day: null, revisions: null };
    await plant.remove(BEFORE + DAY, plant.analysisWith({ ledgerKeptSince: () => kept }));
    const analysis = plant.analysisWith();
    const gone = await toldBy(analysis, { from: MONDAY_8, to: BEFORE });
    expect(gone.intervals.map(({ state }) => state)).toEqual(['unknown']);
    expect(gone.stops).toEqual([]);
    const { intervals, rows } = await toldBy(analysis, { from: BEFORE, to: SPAN.to });
    expect({ intervals, rows }).toEqual({ intervals: before.intervals, rows: before.rows });
  });
});
