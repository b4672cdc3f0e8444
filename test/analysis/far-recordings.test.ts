import { describe, expect, it } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { createMembers } from '../../analysis/members.ts';
import { printsOfFacts } from '../../analysis/print-days.ts';
import type { RecordingProgress } from '../../analysis/record.ts';
import type { CellRevision, RevisionLog } from '../../analysis/revision-log.ts';
import { NO_REVISIONS } from '../../analysis/revision-log.ts';
import type { DayPrint, StreamPrints } from '../../analysis/stream-prints.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Grain, RecordedCell, Store } from '../../store/port.ts';
import { DAY, HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';
import { createWorld, type World } from './world.ts';

const DAYS = 440;
/** When a clock that fell back said it was; no border of a part. */
const LONG_AGO = MONDAY_8 - DAYS * DAY + 12 * MINUTE;
const EVER = { from: 0, to: MONDAY_8 + 1000 * DAY };
const GRAINS: readonly Grain[] = ['hour', 'shift', 'day'];

const recorded = async (store: Store, scope = ''): Promise<readonly RecordedCell[]> =>
  (await Promise.all(GRAINS.map((grain) => store.recordedLedger({ ...EVER, grain, scope })))).flat();

/** A machine that runs from Monday 08:00 on, and counts. */
async function run(world: World, hours: number, machine: string): Promise<void> {
  for (let minute = 0; minute < hours * 60; minute += 5)
    await world.report(machine, MONDAY_8 + minute * MINUTE, { state: 'running', count: minute });
}

/** A store that tells of cells that are about to be written. */
const telling = (store: Store, tell: (cells: readonly RecordedCell[]) => Promise<void> | void): Store => ({
  ...store,
  async recordLedger(cells) {
    await tell(cells);
    await store.recordLedger(cells);
  },
});

/** Two machines that were recorded for a day; then the clock of the first says once that it is years ago. */
async function fallenBack(store: Store = openMemoryStore(), revisions?: RevisionLog) {
  const start = MONDAY_8 + DAY + 3 * MINUTE;
  const world = createWorld({ start, store, ...(revisions && { revisions }) });
  for (const machine of [IMM_1, IMM_2]) await run(world, 24, machine);
  await world.analysis.record();
  await world.report(IMM_1, LONG_AGO, { state: 'running', count: 7 });
  return world;
}

describe('years of one machine', () => {
  it('are recorded as facts give them, through silence and where silence says nothing', async () => {
    const world = createWorld({ start: MONDAY_8 + DAY + 3 * MINUTE });
    // IMM_2 never falls silent.
    for (const machine of [IMM_1, IMM_2]) {
      await world.report(machine, LONG_AGO, { state: 'running', count: 7 });
      await world.report(machine, LONG_AGO + 300 * DAY, { state: 'down', count: 9 });
      await run(world, 24, machine);
    }
    await world.analysis.record();
    const cells = await recorded(world.store);
    expect(cells.length).toBeGreaterThan(2 * DAYS * 25);
    expect(world.marks.pending().size).toBe(0);
    const plan = await world.analysis.rebuilder.plan({ scope: '', from: null, to: null });
    let checked = 0;
    for (const { parts } of plan.slices) {
      const count = await world.analysis.rebuilder.rebuild({ parts, check: true });
      expect(count).toMatchObject({ missing: 0, differing: 0 });
      checked += count.cells;
    }
    expect(checked).toBe(cells.length);
  });

  it('let hours through that close meanwhile', async () => {
    const written: string[] = [];
    let world: World | undefined;
    const store = telling(openMemoryStore(), async (cells) => {
      const first = cells[0] as RecordedCell;
      if (first.machine === IMM_1 && first.from < MONDAY_8 - (DAYS - 250) * DAY && written.at(-1) !== IMM_1) {
        await world?.clock.advance(HOUR);
      }
      written.push(first.machine);
    });
    world = await fallenBack(store);
    written.length = 0;
    await world.analysis.record();
    expect(written.indexOf(IMM_2)).toBeGreaterThan(0);
    expect(written.lastIndexOf(IMM_1) - written.indexOf(IMM_2)).toBeGreaterThan(2);
  });

  it('go on where the recorder was stopped', async () => {
    const written: RecordedCell[] = [];
    let stop: (() => PromiseLike<void>) | undefined;
    const store = telling(openMemoryStore(), (cells) => {
      written.push(...cells);
      if (written.length > 9_000) void stop?.();
    });
    const world = await fallenBack(store);
    written.length = 0;
    stop = () => world.analysis[Symbol.asyncDispose]();
    await world.analysis.record();
    stop = undefined;
    const until = world.marks.pending().get(IMM_1) as number;
    expect(until).toBeGreaterThan(LONG_AGO);
    expect(until).toBeLessThan(MONDAY_8);
    const before = new Set(
      written.filter(({ to }) => to <= until - 2 * MINUTE).map((cell) => `${cell.grain} ${cell.from}`),
    );
    written.length = 0;
    const { store: again, marks, clock } = world;
    await createAnalysis({ store: again, plant: plantOfTwo, now: clock.now, ledgerMarks: marks }).record();
    expect(before.size).toBeGreaterThan(50 * 25);
    expect(written.filter(({ grain, from }) => before.has(`${grain} ${from}`))).toEqual([]);
    const cells = await recorded(store, IMM_1);
    expect(cells.every(({ revision }) => revision <= 2)).toBe(true);
    expect(cells.filter(({ grain }) => grain === 'day').length).toBe(DAYS + 1);
  });

  it('reach the present though the clock stays behind', async () => {
    let world: World | undefined;
    let second = 0;
    const store = telling(openMemoryStore(), async () => {
      await world?.report(IMM_1, LONG_AGO + ++second * 1000, { state: 'running' });
    });
    world = await fallenBack(store);
    await world.analysis.record();
    expect(second).toBeGreaterThan(3);
    const days = (await recorded(store, IMM_1)).filter(({ grain }) => grain === 'day');
    expect(days.length).toBe(DAYS + 1);
    expect(world.marks.pending().get(IMM_1)).toBe(LONG_AGO + 1000);
  });

  it('change with late data from its instant on, each cell once and with its cause', async () => {
    const noted: CellRevision[] = [];
    const revisions = { ...NO_REVISIONS, note: (some: readonly CellRevision[]) => void noted.push(...some) };
    const world = await fallenBack(openMemoryStore(), revisions);
    await world.analysis.record();
    const before = new Map(
      (await recorded(world.store, IMM_1)).map(({ grain, from, revision }) => [`${grain} ${from}`, revision]),
    );
    noted.length = 0;
    const late = LONG_AGO + 100 * DAY;
    await world.report(IMM_1, late, { state: 'idle' });
    world.marks.mark([{ machine: IMM_1, from: late, to: late, cause: 'correction' }]);
    await world.analysis.record();
    const changed = (await recorded(world.store, IMM_1)).filter(
      ({ grain, from, revision }) => before.get(`${grain} ${from}`) !== revision,
    );
    expect(changed.length).toBeGreaterThan(300 * 25);
    expect(Math.min(...changed.map(({ to }) => to))).toBeGreaterThan(late);
    expect(noted.length).toBe(changed.length);
    expect(noted.every(({ causes }) => causes.join() === 'correction')).toBe(true);
  });

  it('have the prints that facts give, and are asked for in few questions', async () => {
    const prints = new Map<string, DayPrint>();
    const streamPrints: StreamPrints = {
      put: (some) => {
        for (const one of some) prints.set(`${one.machine} ${one.from}`, one);
      },
      of: () => [],
      removeBefore: () => {},
    };
    const world = await fallenBack();
    let questions = 0;
    const { marks, clock } = world;
    const facts: Store['facts'] = (query) => {
      questions++;
      return world.store.facts(query);
    };
    const store: Store = { ...world.store, facts };
    const told: RecordingProgress[] = [];
    const recording = (done: RecordingProgress) => void told.push(done);
    const options = { plant: plantOfTwo, now: clock.now, ledgerMarks: marks, streamPrints, recording };
    await createAnalysis({ store, ...options }).record();
    expect(questions).toBeLessThan(120);
    expect(told.length).toBeGreaterThan(3);
    expect(told[0]?.ofCells).toBeGreaterThan(DAYS * 24);
    expect(told.at(-1)?.cells).toBe(told.at(-1)?.ofCells);
    const spans = [...prints.values()].sort((a, b) => a.from - b.from);
    expect(spans.length).toBe(DAYS + 1);
    const members = [createMembers({ store, plant: plantOfTwo }).at(IMM_1)];
    const made: DayPrint[] = [];
    for await (const some of printsOfFacts({ store, members, spans })) made.push(...some);
    expect(spans).toEqual(made);
  });
});
