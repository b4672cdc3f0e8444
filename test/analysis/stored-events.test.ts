import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { StoredEvents } from '../../analysis/stored-events.ts';
import type { Reading } from '../../domain/observation.ts';
import type { Correction } from '../../domain/values/correction.ts';
import { markLate } from '../../ingest/late-marks.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { StoreUnavailable } from '../../store/port.ts';
import { openForTest, tempDir } from '../registry/open.ts';
import { createMemoryMarks } from './memory-marks.ts';
import { HOUR, MINUTE, MONDAY_8, machineOf } from './plants.ts';

const IMM = 'acme/zhoushan/moulding/line1/imm-01';
const plant = { sites: [], machines: [machineOf(IMM, { counters: { reject: { rollover: 100 } } })] };

/** A store whose readings an analysis is told of, or finds by itself. */
function bench({ fed = true, dir = tempDir(), store = openMemoryStore() } = {}) {
  const { corrections } = openForTest({ dir });
  const batches: number[] = [];
  const storedEvents: StoredEvents = {
    around: corrections.around,
    putStored(events, instead) {
      batches.push(events.length);
      corrections.putStored(events, instead);
    },
  };
  const marks = createMemoryMarks();
  let now = MONDAY_8;
  const listeners: ((readings: readonly Reading[]) => void)[] = [];
  const subscribe = (listener: (typeof listeners)[number]) => {
    listeners.push(listener);
    return () => {};
  };
  const analysis = createAnalysis({
    ...{ store, plant, ledgerMarks: marks, storedEvents, now: () => now },
    ...(fed && { applied: subscribe }),
  });
  const newest = () => corrections.list({ limit: 1000 }).items;
  return {
    ...{ dir, store, marks, analysis, corrections, newest, batches },
    at(instant: number) {
      now = instant;
    },
    async report(...readings: readonly (readonly [ts: number, values: Record<string, unknown>])[]) {
      for (const [ts, values] of readings) {
        const signals = Object.keys(values);
        const reading = { machine: IMM, ts, signals, values: Object.values(values) as never };
        await store.write([reading]);
        const until = marks.recordedUntil(IMM);
        if (until !== null && ts < until)
          marks.mark([{ machine: IMM, from: ts, to: ts, cause: 'late-data' }]);
        for (const listener of listeners) listener([reading]);
        now = Math.max(now, ts + 1);
      }
    },
  };
}

const shortly = (items: readonly Correction[]) =>
  items
    .map(({ signal, kind, from, count, before, raw }) => [
      ...[signal, kind, (from - MONDAY_8) / MINUTE, count, before, raw],
    ])
    .sort((a, b) => Number(a[2]) - Number(b[2]));

describe.each([true, false])('what figures make of stored values is listed (told of them: %s)', (fed) => {
  test('with what the value fell from, each once, also after a restart', async () => {
    const parts = bench({ fed });
    const at = (minute: number) => MONDAY_8 + minute * MINUTE;
    await parts.report(
      [at(0), { count: 10, reject: 95 }],
      [at(1), { count: 12, reject: 2, state: 'humming' }],
    );
    await parts.analysis.listStored();
    await parts.report(
      [at(2), { count: 3 }],
      [at(3), { count: -1, orderQuantity: -5 }],
      [at(4), { count: 4 }],
    );
    await parts.analysis.listStored();
    await parts.analysis.listStored();
    const expected = [
      ['reject', 'rollover', 1, 1, 95, 2],
      ['state', 'unmapped', 1, 1, null, 'humming'],
      ['count', 'reset', 2, 1, 12, 3],
      ['count', 'unusable', 3, 1, null, -1],
      ['orderQuantity', 'unusable', 3, 1, null, -5],
    ];
    const byName = (rows: readonly (readonly unknown[])[]) =>
      [...rows].sort((a, b) => String([a[2], a[0]]).localeCompare(String([b[2], b[0]])));
    expect(byName(shortly(parts.newest()))).toEqual(byName(expected));
    const again = bench({ fed, dir: parts.dir, store: parts.store });
    again.at(at(5));
    await again.analysis.listStored();
    expect(byName(shortly(again.newest()))).toEqual(byName(expected));
    expect(again.corrections.totals().reduce((sum, { count }) => sum + count, 0)).toBe(5);
  });

  test('behind what is recorded: late data makes them anew', async () => {
    const parts = bench({ fed });
    await parts.report([MONDAY_8, { count: 10 }], [MONDAY_8 + 10 * MINUTE, { count: 20 }]);
    parts.at(MONDAY_8 + 3 * HOUR);
    await parts.report([MONDAY_8 + 3 * HOUR, { count: 30 }]);
    await parts.analysis.listStored();
    await parts.analysis.record();
    expect(parts.newest()).toEqual([]);
    await parts.report([MONDAY_8 + 5 * MINUTE, { count: 25 }]);
    await parts.analysis.record();
    await parts.analysis.listStored();
    expect(shortly(parts.newest())).toEqual([['count', 'reset', 10, 1, 25, 20]]);
  });
});

test('in whatever order values come, the list is that of what is stored', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ minute: fc.nat(150), count: fc.integer({ min: -2, max: 9 }) }), { maxLength: 40 }),
      fc.array(fc.nat(40), { maxLength: 5 }),
      async (values, listedAfter) => {
        const parts = bench();
        for (const [index, { minute, count }] of values.entries()) {
          await parts.report([MONDAY_8 + minute * MINUTE, { count }]);
          if (listedAfter.includes(index)) await parts.analysis.listStored();
        }
        await parts.analysis.listStored();
        const whole = bench({ store: parts.store });
        whole.at(MONDAY_8 + 151 * MINUTE);
        await whole.analysis.listStored();
        const counted = ({ corrections }: typeof parts) =>
          corrections.totals().map(({ kind, count }) => [kind, count]);
        expect(counted(parts)).toEqual(counted(whole));
        const sums = parts.newest().reduce((sum, { count }) => sum + count, 0);
        expect(sums).toBe(parts.corrections.totals().reduce((sum, { count }) => sum + count, 0));
      },
    ),
    { numRuns: 25 },
  );
});

test('a counter that jumps to and fro fills no list: ten of an hour stand one by one', async () => {
  const parts = bench();
  const flood = Array.from(
    { length: 100 },
    (_, index) => [MONDAY_8 + index * 1000, { count: index % 2 ? 1 : 9 }] as const,
  );
  await parts.report(...flood);
  await parts.analysis.listStored();
  expect(parts.newest()).toHaveLength(10);
  expect(parts.newest()[0]).toMatchObject({ count: 41, before: 9, raw: 1, lastRaw: 1 });
  expect(parts.corrections.totals()).toMatchObject([{ kind: 'reset', count: 50, listed: 50 }]);
});

test('who asks while the store is away gets what is listed; the rest is listed once it is back', async () => {
  const memory = openMemoryStore();
  let isAway = false;
  const facts: typeof memory.facts = (query) => {
    if (isAway) throw new StoreUnavailable('away');
    return memory.facts(query);
  };
  const parts = bench({ store: { ...memory, facts } });
  await parts.report([MONDAY_8, { count: 10 }], [MONDAY_8 + 2 * MINUTE, { count: 12 }]);
  await parts.analysis.listStored();
  await parts.report([MONDAY_8 + MINUTE, { count: 20 }]);
  isAway = true;
  await parts.analysis.listStoredQuick();
  await expect(parts.analysis.listStored()).rejects.toThrow('away');
  expect(parts.newest()).toEqual([]);
  isAway = false;
  await parts.analysis.listStoredQuick();
  expect(shortly(parts.newest())).toEqual([['count', 'reset', 2, 1, 20, 12]]);
});

test.each([true, false])(
  'many events are listed in turns, so that nobody is held up (told of them: %s)',
  async (fed) => {
    const parts = bench({ fed });
    const falls = Array.from(
      { length: 1200 },
      (_, index) => [MONDAY_8 + index * HOUR * 0.1, { count: index % 2 ? 1 : 9 }] as const,
    );
    await parts.report([MONDAY_8 - MINUTE, { count: 0 }]);
    await parts.analysis.listStored();
    await parts.report(...falls);
    await parts.analysis.listStored();
    expect(Math.max(...parts.batches)).toBeLessThanOrEqual(500);
    expect(parts.corrections.totals()).toMatchObject([{ kind: 'reset', count: 600, listed: 600 }]);
  },
);

test('a process that only asks the store finds what comes late into an hour that goes on, before that is recorded', async () => {
  const dir = tempDir();
  const store = openMemoryStore();
  const { corrections, ledgerMarks } = openForTest({ dir });
  const ingest = openForTest({ dir }).ledgerMarks;
  const analysis = createAnalysis({
    ...{ store, plant, ledgerMarks, storedEvents: corrections, now: () => MONDAY_8 + 30 * MINUTE },
  });
  const report = async (minute: number, count: number) => {
    const readings = [{ machine: IMM, ts: MONDAY_8 + minute * MINUTE, signals: ['count'], values: [count] }];
    await store.write(readings);
    markLate(ingest, readings);
  };
  await report(0, 10);
  await report(10, 20);
  await analysis.listStored();
  await report(20, 30);
  await report(5, 25);
  await analysis.listStored();
  expect(shortly(corrections.list({ limit: 9 }).items)).toEqual([['count', 'reset', 10, 1, 25, 20]]);
  // Nothing that comes in order is told of.
  const { newest } = ledgerMarks.touchedSince(0);
  await report(25, 40);
  expect(ledgerMarks.touchedSince(newest).newest).toBe(newest);
  await report(5, 15);
  await analysis.listStored();
  expect(corrections.list({ limit: 9 }).items).toEqual([]);
  expect(ledgerMarks.recordedUntil(IMM)).toBeNull();
});
