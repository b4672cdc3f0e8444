import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CellSpan } from '../../analysis/cells.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { createRemembered } from '../../analysis/remembered.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { LedgerQuery, RecordedCell, Store } from '../../store/port.ts';
import { createMemoryMarks } from './memory-marks.ts';
import { HOUR, IMM_1, IMM_2, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';
import { createWorld } from './world.ts';

const MONTH = { scope: '', by: ['machine'], from: MONDAY_8, to: MONDAY_8 + 4 * HOUR } as const;

/** A store that tells what recorded cells it was asked for. */
function counted(): Store & { readonly asked: LedgerQuery[] } {
  const store = openMemoryStore();
  const asked: LedgerQuery[] = [];
  return {
    ...store,
    asked,
    async recordedLedger(query) {
      asked.push(query);
      return store.recordedLedger(query);
    },
  };
}

/** Two machines recorded for some hours, and a second process's analysis of the same store and marks. */
async function recordedWorld() {
  const store = counted();
  const world = createWorld({ store });
  const { clock, marks, report } = world;
  for (const machine of [IMM_1, IMM_2]) {
    for (let hour = 0; hour <= 4; hour++) {
      await report(machine, MONDAY_8 + hour * HOUR, { state: hour % 2 === 0 ? 'running' : 'idle' });
    }
  }
  await clock.advance(5 * HOUR);
  await world.analysis.record();
  const other = createAnalysis({ store, plant: plantOfTwo, now: clock.now, ledgerMarks: marks });
  store.asked.length = 0;
  return { ...world, store, other };
}

describe('recorded cells in memory', () => {
  it('spare the store the same question again', async () => {
    const { analysis, store } = await recordedWorld();
    const first = await analysis.ledger(MONTH);
    expect(store.asked.length).toBeGreaterThan(0);
    store.asked.length = 0;
    expect(await analysis.ledger(MONTH)).toEqual(first);
    expect(store.asked).toEqual([]);
  });

  it('give way to what another process recorded after late data', async () => {
    const { analysis, other, fresh, report } = await recordedWorld();
    const before = await analysis.ledger(MONTH);
    await report(IMM_1, MONDAY_8 + 90 * MINUTE, { state: 'down' });
    await other.record();
    const after = await analysis.ledger(MONTH);
    expect(after.rows.map(({ digest, ms }) => [digest, ms])).toEqual(
      (await fresh().ledger(MONTH)).rows.map(({ digest, ms }) => [digest, ms]),
    );
    // The hour in which it stopped, and the next, into which that is carried.
    const changed = after.rows.filter((row, index) => row.digest !== before.rows[index]?.digest);
    expect(changed.map(({ key, revision }) => [key.machine, revision])).toEqual([[IMM_1, 3]]);
  });

  it('are read again only for the machine that late data touched, and only where it can reach', async () => {
    const { analysis, store, report } = await recordedWorld();
    await analysis.ledger(MONTH);
    await report(IMM_1, MONDAY_8 + 150 * MINUTE, { state: 'down' });
    await analysis.record();
    store.asked.length = 0;
    await analysis.ledger(MONTH);
    expect(store.asked.map(({ scope }) => scope)).toEqual([IMM_1]);
    expect(store.asked[0]?.from).toBe(MONDAY_8 + 2 * HOUR);
  });

  it('are not kept where they were read while they were recorded anew', async () => {
    const { other, clock, marks, report, store } = await recordedWorld();
    let atRead: (() => Promise<void>) | undefined;
    const slow: Store = {
      ...store,
      async recordedLedger(query) {
        const cells = await store.recordedLedger(query);
        await atRead?.();
        return cells;
      },
    };
    const analysis = createAnalysis({ store: slow, plant: plantOfTwo, now: clock.now, ledgerMarks: marks });
    atRead = async () => {
      atRead = undefined;
      await report(IMM_1, MONDAY_8 + 90 * MINUTE, { state: 'down' });
      await other.record();
      // Another question finds the mark, which the first one has no more reason to look for.
      await analysis.ledger(MONTH);
    };
    await analysis.ledger(MONTH);
    expect(await analysis.ledger(MONTH)).toEqual(await other.ledger(MONTH));
  });

  it('are the same to the last digit as those of the store, while writes and recordings race', async () => {
    const { analysis, other, fresh, report } = await recordedWorld();
    for (let round = 0; round < 20; round++) {
      const state = round % 2 === 0 ? 'down' : 'setup';
      const late = report(round % 3 === 0 ? IMM_2 : IMM_1, MONDAY_8 + (10 + 11 * round) * MINUTE, { state });
      const working = other.record();
      await Promise.all([analysis.ledger(MONTH), late, working, nextTurn()]);
      const answer = await analysis.ledger(MONTH);
      const facts = await fresh().ledger(MONTH);
      const bare = ({ rows }: typeof answer) => rows.map(({ revision: _, ...row }) => row);
      expect(bare(answer)).toEqual(bare(facts));
    }
  });
});

describe('what is remembered', () => {
  const span = (from: number, to = from + HOUR): CellSpan => ({ from, to, grain: 'hour', key: {} });
  const cell = (from: number) => ({ machine: IMM_1, grain: 'hour', from, to: from + HOUR }) as RecordedCell;
  const remembered = (marks = createMemoryMarks()) => ({
    marks,
    memory: createRemembered({ marks, reachOf: () => 2 * MINUTE }),
  });

  it('is told by the whole span, and so is that nothing is recorded', () => {
    const { memory } = remembered();
    memory.keep(memory.refresh(), IMM_1, [
      [span(0), cell(0)],
      [span(HOUR), null],
    ]);
    expect(memory.find(IMM_1, span(0))).toEqual(cell(0));
    expect(memory.find(IMM_1, span(HOUR))).toBeNull();
    expect(memory.find(IMM_1, span(0, 2 * HOUR))).toBeUndefined();
    expect(memory.find(IMM_1, { ...span(0), grain: 'shift' })).toBeUndefined();
    expect(memory.find(IMM_2, span(0))).toBeUndefined();
  });

  it('ends where a mark can reach', () => {
    const { marks, memory } = remembered();
    const both = [span(0), span(HOUR)].map((one) => [one, cell(one.from)] as const);
    memory.keep(memory.refresh(), IMM_1, both);
    marks.mark([{ machine: IMM_1, from: HOUR + 2 * MINUTE, to: HOUR + 3 * MINUTE }]);
    memory.refresh();
    expect([memory.find(IMM_1, span(0)), memory.find(IMM_1, span(HOUR))]).toEqual([cell(0), undefined]);
    marks.mark([{ machine: IMM_1, from: HOUR + 2 * MINUTE - 1, to: HOUR + 3 * MINUTE }]);
    memory.refresh();
    expect(memory.find(IMM_1, span(0))).toBeUndefined();
  });

  it('ends altogether where too many marks came to be told one by one', () => {
    const { marks, memory } = remembered();
    const before = memory.refresh();
    memory.keep(before, IMM_1, [[span(0), cell(0)]]);
    marks.touchedSince = () => ({ newest: 7, from: null });
    memory.refresh();
    memory.keep(before, IMM_1, [[span(HOUR), cell(HOUR)]]);
    expect([memory.find(IMM_1, span(0)), memory.find(IMM_1, span(HOUR))]).toEqual([undefined, undefined]);
  });

  it('is bounded: the machines that were read longest ago are let go', () => {
    const { memory } = remembered();
    const moment = memory.refresh();
    for (let machine = 0; machine < 11; machine++) {
      const cells = Array.from({ length: 10_000 }, (_, n) => [span(n * HOUR), null] as const);
      memory.keep(moment, `${machine}`, cells);
    }
    expect(memory.find('0', span(0))).toBeUndefined();
    expect(memory.find('1', span(0))).toBeNull();
  });
});
