import { expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { correctionsIn, markLate } from '../../ingest/late-marks.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { openForTest } from '../registry/open.ts';
import { HOUR, IMM_1, MINUTE, MONDAY_8, plantOfTwo } from './plants.ts';

const EVER = { scope: IMM_1, from: 0, to: MONDAY_8 + 99 * HOUR, grain: 'hour', limit: 99 } as const;
const CYCLE = { scope: IMM_1, product: null, cycleUs: 9_000_000, by: 'me', note: null } as const;

/** A machine of which nothing is recorded, asked about hour by hour until three hours after Monday at eight. */
function world() {
  const store = openMemoryStore();
  const clock = { now: MONDAY_8 + 3 * HOUR };
  const { ledgerMarks, ledgerRevisions, servedCells, work } = openForTest();
  const analysis = createAnalysis({
    ...{ store, plant: plantOfTwo, now: () => clock.now, ledgerMarks, revisions: ledgerRevisions },
    ...{ served: servedCells, workShelf: work },
  });
  const report = async (ts: number, values: Record<string, SignalValue>) => {
    const readings = [{ machine: IMM_1, ts, signals: Object.keys(values), values: Object.values(values) }];
    const corrected = await correctionsIn(ledgerMarks, store, readings);
    await store.write(readings);
    markLate(ledgerMarks, readings, corrected);
  };
  const ask = async () => {
    const span = { from: MONDAY_8, to: MONDAY_8 + 2 * HOUR };
    return (await analysis.ledger({ scope: IMM_1, by: ['hour'], ...span })).rows;
  };
  const listed = () =>
    ledgerRevisions
      .list(EVER)
      .map(({ from, revision, causes }) => [(from - MONDAY_8) / HOUR, revision, causes.join(' ')])
      .sort();
  return { analysis, report, ask, listed, clock, ledgerMarks };
}

test('an ideal cycle that is entered for a machine never recorded is the cause of its next answer', async () => {
  const { analysis, report, ask, listed } = world();
  await report(MONDAY_8, { state: 'running', count: 0 });
  await report(MONDAY_8 + 30 * MINUTE, { count: 100 });
  await ask();
  await analysis.work.enterProduct({ ...CYCLE, from: MONDAY_8 + HOUR });
  await ask();
  expect(listed()).toEqual([[1, 2, 'cycle']]);
  await analysis.record();
  expect(listed()).toEqual([[1, 2, 'cycle']]);
});

test('nobody has to ask in between: the recorder finds the cause as well', async () => {
  const { analysis, report, ask, listed, ledgerMarks } = world();
  await report(MONDAY_8, { state: 'running', count: 0 });
  await ask();
  await analysis.work.enterProduct({ ...CYCLE, from: MONDAY_8 + HOUR });
  await analysis.record();
  expect(listed()).toEqual([[1, 2, 'cycle']]);
  expect(ledgerMarks.marksOf(IMM_1)).toEqual([]);
});

test('an order that is entered for a machine never recorded is the cause of its next answer', async () => {
  const { analysis, report, ask, listed } = world();
  await report(MONDAY_8, { state: 'running', count: 0, order: 'A1' });
  await analysis.work.enterProduct({ ...CYCLE, product: 'P9', from: 0 });
  await ask();
  await analysis.work.enterOrder({
    ...{ order: 'A1', scope: IMM_1, product: 'P9', from: MONDAY_8 + HOUR, by: 'me', note: null },
    ...{ plannedQuantity: null, plannedScrap: null, plannedStart: null, plannedEnd: null, countedAt: null },
  });
  await ask();
  expect(listed()).toEqual([[1, 2, 'order']]);
});

test('a correction and what comes late are told apart before anything is recorded', async () => {
  const { report, ask, listed } = world();
  await report(MONDAY_8, { state: 'running' });
  await report(MONDAY_8 + 70 * MINUTE, { state: 'idle' });
  await ask();
  await report(MONDAY_8 + 70 * MINUTE, { state: 'down' });
  await ask();
  await report(MONDAY_8 + 80 * MINUTE, { state: 'running' });
  await ask();
  expect(listed()).toEqual([
    [1, 2, 'correction'],
    [1, 3, 'late-data'],
  ]);
});

test('what is entered for a machine that was never heard stays the cause, however often the recorder comes by', async () => {
  const { analysis, report, ask, listed, clock } = world();
  await ask();
  await analysis.work.enterProduct({ ...CYCLE, from: MONDAY_8 + HOUR });
  await analysis.record();
  await ask();
  expect(listed()).toEqual([[1, 2, 'cycle']]);
  await report(MONDAY_8 + 70 * MINUTE, { state: 'running' });
  clock.now += 2 * HOUR;
  await analysis.record();
  expect(listed()).toEqual([
    [1, 2, 'cycle'],
    [1, 3, 'late-data'],
  ]);
  const rows = await ask();
  expect(rows.map(({ revision }) => revision)).toEqual([1, 3]);
});

test('nothing of the time before a machine was first heard is recorded for what was entered', async () => {
  const { analysis, report, ask, ledgerMarks } = world();
  await ask();
  await analysis.work.enterProduct({ ...CYCLE, from: MONDAY_8 - 1000 * HOUR });
  await report(MONDAY_8 + 70 * MINUTE, { state: 'running' });
  expect(await analysis.record()).toBe(1);
  expect(ledgerMarks.pending()).toEqual(new Map());
});

test('many entries for a machine that is never heard take little room', () => {
  const { ledgerMarks } = world();
  const said = (from: number) =>
    ({ machine: IMM_1, cause: 'cycle', from, to: 9_000, saysOnly: true }) as const;
  for (let from = 1; from <= 250; from++) ledgerMarks.mark([said(from)]);
  expect(ledgerMarks.marksOf(IMM_1)).toHaveLength(100);
  expect(ledgerMarks.marksOf(IMM_1)[0]).toMatchObject({ from: 1 });
  ledgerMarks.mark([said(50)]);
  expect(ledgerMarks.marksOf(IMM_1).map(({ from }) => from)).toEqual([1, 50]);
  expect(ledgerMarks.takeMarks(9)).toEqual([]);
});
