import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dimension, LedgerAnswer } from '../../analysis/answers.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { digestOf } from '../../analysis/digest.ts';
import type { Analysis } from '../../analysis/port.ts';
import { kpis } from '../../domain/kpi/index.ts';
import type { Plant, Site } from '../../domain/plant.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Grain, RecordedCell, Store } from '../../store/port.ts';
import {
  DAY,
  HOUR,
  IMM_1,
  IMM_2,
  MINUTE,
  MONDAY_8,
  machineOf,
  plantOfTwo,
  shanghai,
  URUMQI_1,
  urumqi,
} from './plants.ts';
import { createWorld, type World } from './world.ts';

const EVER = { from: 0, to: MONDAY_8 + 1000 * DAY };
const GRAINS: readonly Grain[] = ['hour', 'shift', 'day'];

const recorded = async (store: Store, scope = ''): Promise<readonly RecordedCell[]> =>
  (await Promise.all(GRAINS.map((grain) => store.recordedLedger({ ...EVER, grain, scope })))).flat();

const nameOf = ({ machine, grain, from }: RecordedCell): string =>
  `${machine} ${grain} ${new Date(from).toISOString()}`;

/** The same without revisions, which only recordings have. */
const withoutRevisions = ({ rows, ...answer }: LedgerAnswer) => ({
  ...answer,
  rows: rows.map(({ revision: _, ...row }) => row),
});

/** A store whose reading and writing take a few turns, so that they interleave. */
function unhurried(store: Store): Store {
  return {
    ...store,
    async *facts(query) {
      for await (const facts of store.facts(query)) {
        await nextTurn();
        yield facts;
      }
    },
    async write(batch) {
      await nextTurn();
      const refused = await store.write(batch);
      await nextTurn();
      return refused;
    },
    async recordLedger(cells) {
      await nextTurn();
      await store.recordLedger(cells);
    },
  };
}

/** A machine that runs, stops for a minute each half hour and counts, from Monday 08:00 on. */
async function runFor(world: World, hours: number, machine = IMM_1) {
  for (let minute = 0; minute < hours * 60; minute += 5) {
    const ts = MONDAY_8 + minute * MINUTE;
    await world.report(machine, ts, { state: 'running', count: minute });
    if (minute % 30 === 0) await world.report(machine, ts + MINUTE, { state: 'down' });
    if (minute % 30 === 0) await world.report(machine, ts + 2 * MINUTE, { state: 'running' });
  }
}

describe('recording', () => {
  it.each([
    ['at once where it is told of', true, 0],
    ['within a minute where it is not', false, MINUTE],
  ])('takes up history that comes behind live data, %s', async (_, fed, waitMs) => {
    const world = createWorld({ start: MONDAY_8 + 26 * HOUR + 30 * MINUTE, fed });
    await world.report(IMM_1, world.clock.now(), { state: 'running' });
    expect(await world.analysis.record()).toBe(0);
    await runFor(world, 26);
    await world.clock.advance(waitMs);
    expect(await world.analysis.record()).toBeGreaterThan(26);
  });

  it('records whole hours, shifts and days once they have closed, from the first data on', async () => {
    const world = createWorld({ start: MONDAY_8 + HOUR });
    await runFor(world, 26);
    expect(await world.analysis.record()).toBe(0);
    // A stop may still turn out to be a minor one for two minutes.
    await world.clock.advance(2 * MINUTE - 1);
    expect(await world.analysis.record()).toBe(0);
    await world.clock.advance(1);
    expect(await world.analysis.record()).toBe(1);
    expect(await world.analysis.record()).toBe(0);
    await world.clock.advance(DAY);
    expect(await world.analysis.record()).toBe(24 + 2 + 1);
    const cells = await recorded(world.store);
    expect(cells.filter(({ grain }) => grain === 'day')).toMatchObject([
      { machine: IMM_1, from: MONDAY_8, to: MONDAY_8 + DAY, revision: 1 },
    ]);
    expect(cells.every(({ revision }) => revision === 1)).toBe(true);
  });

  it('records who goes back a little before one whose clock was years behind', async () => {
    const store = openMemoryStore();
    const written: string[] = [];
    const recordLedger: Store['recordLedger'] = (cells) => {
      written.push(...cells.map(({ machine }) => machine));
      return store.recordLedger(cells);
    };
    const world = createWorld({ start: MONDAY_8 + 2 * HOUR + 3 * MINUTE, store: { ...store, recordLedger } });
    await world.report(IMM_1, MONDAY_8 - 60 * DAY, { state: 'running' });
    for (const machine of [IMM_1, IMM_2]) await runFor(world, 2, machine);
    await world.analysis.record();
    expect(written.indexOf(IMM_2)).toBe(0);
    expect(written.indexOf(IMM_1)).toBe(2);
    expect(written.length).toBeGreaterThan(60 * 24);
  });

  it('writes the integers of each figure as /kpis serves them', async () => {
    const world = createWorld({ start: MONDAY_8 + 25 * HOUR });
    await runFor(world, 24);
    await world.analysis.record();
    const ids = kpis.filter(({ additive }) => additive).map(({ id }) => id);
    const question = { scope: IMM_1, from: MONDAY_8, to: MONDAY_8 + DAY, kpis: ids };
    for (const [grain, by] of [
      ['day', 'day'],
      ['shift', 'shift'],
      ['hour', 'hour'],
    ] as const) {
      const { rows } = await world.fresh().kpis({ ...question, by: ['day', by] });
      const cells = await world.store.recordedLedger({ ...EVER, grain, scope: '' });
      const inOrder = rows.toSorted((a, b) => a.from - b.from);
      expect(cells.map(({ kpis }) => kpis)).toEqual(
        inOrder.map(({ figures }) =>
          Object.fromEntries(
            figures
              .filter(({ numerator }) => numerator !== null)
              .map(({ kpi, numerator, denominator }) => [kpi, { num: numerator, den: denominator }]),
          ),
        ),
      );
    }
  });

  it('gives rows the digest of their cells, by machine and time', async () => {
    const world = createWorld({ start: MONDAY_8 + 2 * HOUR + 3 * MINUTE });
    for (const machine of [IMM_2, IMM_1]) await runFor(world, 2, machine);
    await world.analysis.record();
    const cells = await world.store.recordedLedger({ ...EVER, grain: 'hour', scope: '' });
    const list = cells.map(({ machine, from, to, digest }) => [machine, from, to, digest]);
    expect(list.map(([machine]) => machine)).toEqual([IMM_1, IMM_1, IMM_2, IMM_2]);
    const question = { scope: 'acme/zhoushan/moulding', from: MONDAY_8, to: MONDAY_8 + 2 * HOUR, by: [] };
    for (const analysis of [world.analysis, world.fresh()]) {
      const { rows } = await analysis.ledger(question);
      expect(rows[0]?.digest).toBe(digestOf(JSON.stringify(list)));
    }
  });

  it('raises the revision of exactly the cells that late data changed', async () => {
    const world = createWorld({ start: MONDAY_8 + 26 * HOUR });
    await runFor(world, 25);
    await world.analysis.record();
    const before = new Map((await recorded(world.store)).map((cell) => [nameOf(cell), cell]));
    await world.report(IMM_1, MONDAY_8 + 2 * HOUR + 7 * MINUTE, { state: 'idle' });
    expect(await world.analysis.record()).toBe(3);
    const raised = (await recorded(world.store)).filter(({ revision }) => revision === 2);
    expect(raised.map(({ grain, from }) => [grain, (from - MONDAY_8) / HOUR])).toEqual([
      ['hour', 2],
      ['shift', 0],
      ['day', 0],
    ]);
    for (const cell of await recorded(world.store)) {
      if (cell.revision === 1) expect(cell).toEqual(before.get(nameOf(cell)));
    }
    // The same again, and a duplicate, change nothing.
    await world.report(IMM_1, MONDAY_8 + 2 * HOUR + 7 * MINUTE, { state: 'idle' });
    expect(await world.analysis.record()).toBe(0);
  });

  it('follows a late state through every hour in which it holds', async () => {
    const world = createWorld({ start: MONDAY_8 + 7 * HOUR + 3 * MINUTE });
    await world.report(IMM_2, MONDAY_8, { state: 'running' });
    await world.report(IMM_2, MONDAY_8 + 5.5 * HOUR, { state: 'idle' });
    await world.analysis.record();
    await world.report(IMM_2, MONDAY_8 + HOUR + MINUTE, { state: 'down' });
    await world.analysis.record();
    const hours = await world.store.recordedLedger({ ...EVER, grain: 'hour', scope: '' });
    expect(hours.map(({ revision }) => revision)).toEqual([1, 2, 2, 2, 2, 2, 1]);
  });

  it('answers what it will record, before it has recorded it', async () => {
    const world = createWorld({ start: MONDAY_8 + 26 * HOUR });
    await runFor(world, 25);
    await world.analysis.record();
    await world.report(IMM_1, MONDAY_8 + 2 * HOUR + 7 * MINUTE, { state: 'idle' });
    const question = { scope: IMM_1, from: MONDAY_8, to: MONDAY_8 + DAY, by: ['shift' as const] };
    const pending = await world.analysis.ledger(question);
    expect(pending.rows.map(({ revision }) => revision)).toEqual([2, 1]);
    await world.analysis.record();
    expect(await world.analysis.ledger(question)).toEqual(pending);
  });

  it('records anew what an earlier configuration made', async () => {
    const world = createWorld({ start: MONDAY_8 + 26 * HOUR });
    await runFor(world, 25);
    await world.analysis.record();
    const plant: Plant = { sites: [shanghai, urumqi], machines: [machineOf(IMM_1, { minorStopMs: 30_000 })] };
    const { store, marks: ledgerMarks } = world;
    const analysis = createAnalysis({ store, plant, now: world.clock.now, ledgerMarks });
    const question = { scope: IMM_1, from: MONDAY_8, to: MONDAY_8 + DAY, by: [] };
    const { rows } = await analysis.ledger(question);
    expect(rows[0]?.ms).toMatchObject({ minorStop: 0, breakdown: 46 * MINUTE });
    expect(await analysis.record()).toBeGreaterThan(20);
    expect(await analysis.record()).toBe(0);
    expect(await analysis.ledger(question)).toMatchObject({ rows: [{ ...rows[0], revision: 2 }] });
  });

  it('makes new revisions of exactly the cells that a changed calendar says something else of', async () => {
    const world = createWorld({ start: MONDAY_8 + 50 * HOUR });
    await runFor(world, 49);
    await world.analysis.record();
    const before = new Map((await recorded(world.store, IMM_1)).map((cell) => [nameOf(cell), cell]));
    const tuesday: Site = {
      ...shanghai,
      versions: [{ from: '2026-01-06', dayStart: 8 * 60, shifts: shanghai.shifts.slice(0, 1) }],
    };
    const plant: Plant = { ...plantOfTwo, sites: [tuesday, urumqi] };
    const { store, marks: ledgerMarks } = world;
    const analysis = createAnalysis({ store, plant, now: world.clock.now, ledgerMarks });
    await analysis.record();
    const after = await recorded(store, IMM_1);
    const changed = after.filter((cell) => cell.digest !== before.get(nameOf(cell))?.digest);
    // Tuesday, and its night, which is no shift any more and whose old cell is left as it was.
    expect(changed.map(({ grain }) => grain).sort()).toEqual(['day', ...Array(12).fill('hour')]);
    for (const cell of after) {
      expect(cell.revision, nameOf(cell)).toBe(changed.includes(cell) ? 2 : 1);
      if (changed.includes(cell)) expect(cell.from).toBeGreaterThanOrEqual(MONDAY_8 + DAY);
    }
    const question = { scope: IMM_1, from: MONDAY_8 + DAY, to: MONDAY_8 + 2 * DAY, by: ['shift' as const] };
    expect((await analysis.ledger(question)).rows.map(({ key, ms }) => [key.shift, ms.notScheduled])).toEqual(
      [
        ['day', 0],
        [null, expect.any(Number)],
      ],
    );
  });

  it('takes the flag from the cells of a machine that has been declared since', async () => {
    const world = createWorld({ start: MONDAY_8 + 26 * HOUR, plant: { sites: [], machines: [] } });
    await runFor(world, 25);
    await world.analysis.record();
    const question = { scope: IMM_1, from: MONDAY_8, to: MONDAY_8 + 2 * HOUR, by: [] };
    const before = (await world.analysis.ledger(question)).rows[0]!;
    expect(before.flags).toContain('undeclared');
    const { store, marks: ledgerMarks } = world;
    const plant: Plant = { sites: [], machines: [machineOf(IMM_1)] };
    const analysis = createAnalysis({ store, plant, now: world.clock.now, ledgerMarks });
    const pending = (await analysis.ledger(question)).rows[0]!;
    expect(pending.flags).not.toContain('undeclared');
    // The figures and what they follow from are the same.
    expect(pending.digest).toBe(before.digest);
    expect(pending.revision).toBe(before.revision + 2);
    await analysis.record();
    expect((await analysis.ledger(question)).rows[0]).toEqual(pending);
    expect((await recorded(store)).filter(({ flags }) => flags.includes('undeclared'))).toEqual([]);
  });

  it('goes on where it was stopped', async () => {
    const world = createWorld({ start: MONDAY_8 + 26 * HOUR });
    await runFor(world, 25);
    const failing: Store = {
      ...world.store,
      recordLedger: () => Promise.reject(new Error('the disk is full')),
    };
    const { now } = world.clock;
    const plant: Plant = { sites: [shanghai], machines: [machineOf(IMM_1)] };
    const stopped = createAnalysis({ store: failing, plant, now, ledgerMarks: world.marks });
    await expect(stopped.record()).rejects.toThrow('the disk is full');
    expect(await recorded(world.store)).toEqual([]);
    const next = createAnalysis({ store: world.store, plant, now, ledgerMarks: world.marks });
    expect(await next.record()).toBe(25 + 2 + 1);
  });
});

describe('recorded and not', () => {
  const MACHINES = [IMM_1, IMM_2, URUMQI_1];
  const questions = fc.record({
    scope: fc.constantFrom('', 'acme/zhoushan', IMM_1),
    from: fc.integer({ min: -6 * 60, max: 60 * 60 }).map((minute) => MONDAY_8 + minute * MINUTE),
    length: fc.oneof(fc.integer({ min: 1, max: 3 * DAY }), fc.constantFrom(HOUR, DAY, 2 * DAY)),
    by: fc.subarray<Dimension>(['site', 'machine', 'day', 'shift', 'hour']),
    agoMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: DAY })),
  });
  const operation = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('report' as const),
        machine: fc.constantFrom(...MACHINES),
        agoMs: fc.oneof(fc.integer({ min: 0, max: 3 * MINUTE }), fc.integer({ min: 0, max: 2 * DAY })),
        signals: fc.oneof(
          fc.record({ state: fc.constantFrom('running', 'down', 'idle', 'setup') }),
          fc.record({ count: fc.integer({ min: 0, max: 50 }), reject: fc.integer({ min: 0, max: 5 }) }),
          fc.record({ product: fc.constantFrom('P1', 'P2'), order: fc.constantFrom('A', '') }),
          fc.record({ temperature: fc.constant(20) }),
        ),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('wait' as const),
        ms: fc.oneof(fc.integer({ min: 1, max: 20 * MINUTE }), fc.constantFrom(HOUR, 9 * HOUR)),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('record' as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('race' as const),
        machine: fc.constantFrom(...MACHINES),
        agoMs: fc.array(fc.integer({ min: 0, max: 3 * HOUR }), { minLength: 1, maxLength: 4 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('ask' as const), question: questions }) },
  );

  type Question = typeof questions extends fc.Arbitrary<infer Q> ? Q : never;
  const ask = async (analysis: Analysis, { agoMs, length, ...question }: Question, now: number) =>
    analysis.ledger({ ...question, to: question.from + length, asOf: now - agoMs, zone: 'Asia/Shanghai' });

  const plant: Plant = {
    sites: [shanghai, urumqi],
    machines: [
      machineOf(IMM_1, { idealCycleUs: 12_500_000, productCycleUs: { P1: 11_800_000 } }),
      machineOf(IMM_2, { maxSilenceMs: null, minorStopMs: 10 * MINUTE }),
      machineOf(URUMQI_1, { idealCycleUs: 12_500_000 }),
    ],
  };

  it('give the same ledger, and the same digests', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 60 }), async (operations) => {
        const world = createWorld({ start: MONDAY_8, store: unhurried(openMemoryStore()), plant });
        for (const one of operations) {
          const now = world.clock.now();
          if (one.kind === 'wait') await world.clock.advance(one.ms);
          else if (one.kind === 'record') await world.analysis.record();
          else if (one.kind === 'race') {
            const recording = world.analysis.record();
            for (const agoMs of one.agoMs) await world.report(one.machine, now - agoMs, { state: 'held' });
            await recording;
          } else if (one.kind === 'report') await world.report(one.machine, now - one.agoMs, one.signals);
          else {
            const [known, anew] = await Promise.all([
              ask(world.analysis, one.question, now),
              ask(world.fresh(), one.question, now),
            ]);
            expect(withoutRevisions(known)).toEqual(withoutRevisions(anew));
          }
        }
        await world.analysis.record();
        for (const cell of await recorded(world.store)) {
          const { machine: scope, from, to, grain } = cell;
          const { rows } = await world.fresh().ledger({ scope, from, to, by: [grain] });
          expect(rows).toHaveLength(1);
          const digest = digestOf(JSON.stringify([[scope, from, to, cell.digest]]));
          expect(rows[0]).toMatchObject({
            ms: cell.ms,
            counts: cell.counts,
            runningUs: cell.runningUs,
            flags: cell.flags,
            digest,
          });
        }
      }),
      { numRuns: 60 },
    );
  });
});
