import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { RebuildScope } from '../../analysis/rebuild.ts';
import { openRegistry } from '../../registry/registry.ts';
import { emptyContents } from '../../store/memory/contents.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Grain, RecordedCell, Store } from '../../store/port.ts';
import { DAY, HOUR, IMM_1, IMM_2, LATHE, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';
import { createWorld, type World } from './world.ts';

const GRAINS: readonly Grain[] = ['hour', 'shift', 'day'];
const ALL: RebuildScope = { scope: '', from: null, to: null };

const recorded = async (store: Store): Promise<readonly RecordedCell[]> => {
  const span = { from: 0, to: MONDAY_8 + 1000 * DAY, scope: '' };
  return (await Promise.all(GRAINS.map((grain) => store.recordedLedger({ ...span, grain })))).flat();
};

/** Two machines over two days, recorded, of which one was corrected afterwards. */
async function recordedWorld({ storeOver = (store: Store): Store => store } = {}) {
  const contents = emptyContents();
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-rebuild-'));
  const registry = openRegistry({ dir });
  onTestFinished(() => {
    registry.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const store = storeOver(openMemoryStore({ contents }));
  const world = createWorld({ start: MONDAY_8 + 49 * HOUR, store, revisions: registry.ledgerRevisions });
  for (const machine of [IMM_1, IMM_2]) {
    for (let minute = 0; minute < 48 * 60; minute += 7) {
      const state = minute % 5 === 0 ? 'down' : 'running';
      await world.report(machine, MONDAY_8 + minute * MINUTE, { state, count: minute });
    }
  }
  await world.analysis.record();
  await world.report(IMM_1, MONDAY_8 + 30 * HOUR + MINUTE, { state: 'setup' });
  await world.analysis.record();
  return { world, contents, revisions: registry.ledgerRevisions };
}

async function rebuildAll({ analysis }: Pick<World, 'analysis'>, check = false, scope = ALL) {
  const total = { cells: 0, missing: 0, differing: 0, planned: 0 };
  for (const { parts, cells } of (await analysis.rebuilder.plan(scope)).slices) {
    const count = await analysis.rebuilder.rebuild({ parts, check });
    total.planned += cells;
    for (const name of ['cells', 'missing', 'differing'] as const) total[name] += count[name];
  }
  return total;
}

describe('a rebuild', () => {
  it('changes nothing where all is recorded as the facts give it', async () => {
    const { world } = await recordedWorld();
    const before = await recorded(world.store);
    const { planned, ...count } = await rebuildAll(world);
    expect(count).toEqual({ cells: before.length, missing: 0, differing: 0 });
    expect(planned).toBe(before.length);
    expect(await recorded(world.store)).toEqual(before);
  });

  it('gives a ledger that was lost back to the last integer, revisions and all', async () => {
    const { world, contents, revisions } = await recordedWorld();
    const before = await recorded(world.store);
    expect(before.filter(({ revision }) => revision === 2)).toHaveLength(3);
    const listed = revisions.list({ scope: '', from: 0, to: MONDAY_8 + 1000 * DAY, limit: 100 });
    contents.cells.clear();
    expect(await rebuildAll(world)).toMatchObject({ missing: before.length, differing: 0 });
    expect(await recorded(world.store)).toEqual(before);
    expect(await rebuildAll(world)).toMatchObject({ missing: 0, differing: 0 });
    expect(revisions.list({ scope: '', from: 0, to: MONDAY_8 + 1000 * DAY, limit: 100 })).toEqual(listed);
  });

  it('gives a content that no late fact explains the next revision, and notes it', async () => {
    const { world, revisions } = await recordedWorld();
    const cell = (await recorded(world.store)).find(({ revision }) => revision === 2) as RecordedCell;
    await world.store.recordLedger([{ ...cell, digest: '0'.repeat(64) }]);
    expect(await rebuildAll(world)).toMatchObject({ missing: 0, differing: 1 });
    const [newest] = (await recorded(world.store)).filter(({ revision }) => revision === 3);
    expect(newest).toEqual({ ...cell, revision: 3 });
    expect(revisions.ofCell(cell).map(({ revision, causes }) => [revision, causes])).toEqual([
      [2, ['late-data']],
      [3, ['rebuilt']],
    ]);
  });

  it('finds and mends an integer that somebody changed, under the same revision, also for who remembers it', async () => {
    const { world } = await recordedWorld();
    const question = { scope: IMM_2, from: MONDAY_8, to: MONDAY_8 + DAY, by: ['day'] as const };
    const honest = await world.analysis.ledger(question);
    const before = await recorded(world.store);
    const cell = before.find(({ machine, grain }) => machine === IMM_2 && grain === 'day') as RecordedCell;
    await world.store.recordLedger([{ ...cell, ms: { ...cell.ms, running: cell.ms.running + 1 } }]);
    const second = createAnalysis({
      store: world.store,
      plant: plantOfTwo,
      now: world.clock.now,
      ledgerMarks: world.marks,
    });
    expect(await second.ledger(question)).not.toEqual(honest);
    expect(await rebuildAll(world, true)).toMatchObject({ missing: 0, differing: 1 });
    expect(await recorded(world.store)).not.toEqual(before);
    expect(await rebuildAll(world)).toMatchObject({ missing: 0, differing: 1 });
    expect(await recorded(world.store)).toEqual(before);
    expect(await second.ledger(question)).toEqual(honest);
  });

  it('in whose middle the store fails is seen by who remembers cells that it took', async () => {
    let fails = false;
    const { world } = await recordedWorld({
      storeOver: (store) => ({
        ...store,
        async recordLedger(cells) {
          await store.recordLedger(cells);
          if (fails) throw new Error('the connection broke');
        },
      }),
    });
    const question = { scope: IMM_2, from: MONDAY_8, to: MONDAY_8 + DAY, by: ['day'] as const };
    const honest = await world.analysis.ledger(question);
    const cell = (await recorded(world.store)).find(
      ({ machine, grain }) => machine === IMM_2 && grain === 'day',
    ) as RecordedCell;
    await world.store.recordLedger([{ ...cell, ms: { ...cell.ms, running: cell.ms.running + 1 } }]);
    const { store, marks: ledgerMarks, clock } = world;
    const second = createAnalysis({ store, plant: plantOfTwo, now: clock.now, ledgerMarks });
    expect(await second.ledger(question)).not.toEqual(honest);
    fails = true;
    await expect(rebuildAll(world)).rejects.toThrow('the connection broke');
    fails = false;
    expect(await rebuildAll(world)).toMatchObject({ missing: 0, differing: 0 });
    expect(await second.ledger(question)).toEqual(honest);
  });

  it('keeps to a scope and to the cells that end in a span', async () => {
    const { world, contents } = await recordedWorld();
    contents.cells.clear();
    const scope = { scope: IMM_1, from: MONDAY_8, to: MONDAY_8 + DAY };
    expect(await rebuildAll(world, false, scope)).toMatchObject({ cells: 27, missing: 27 });
    const cells = await recorded(world.store);
    expect(new Set(cells.map(({ machine }) => machine))).toEqual(new Set([IMM_1]));
    expect(Math.max(...cells.map(({ to }) => to))).toBe(MONDAY_8 + DAY);
  });

  it('leaves whole cells where it is stopped, and goes on from there', async () => {
    const { world, contents } = await recordedWorld();
    const before = await recorded(world.store);
    contents.cells.clear();
    const [slice] = (await world.analysis.rebuilder.plan(ALL)).slices;
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(
      world.analysis.rebuilder.rebuild({ parts: slice?.parts ?? [], check: false, signal }),
    ).rejects.toThrow('enough');
    expect(await recorded(world.store)).toEqual([]);
    await rebuildAll(world);
    expect(await recorded(world.store)).toHaveLength(before.length);
  });

  it('says which scope no machine lies in, and has nothing to do where nothing was heard', async () => {
    const { world } = await recordedWorld();
    await expect(world.analysis.rebuilder.plan({ ...ALL, scope: 'acme/nowhere' })).rejects.toThrow(
      'no machine lies in "acme/nowhere"',
    );
    expect(await world.analysis.rebuilder.plan({ ...ALL, scope: LATHE })).toEqual({
      slices: [],
      unverifiable: null,
    });
  });
});
