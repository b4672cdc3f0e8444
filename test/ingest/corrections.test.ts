import { expect, test } from 'vitest';
import type { Plant } from '../../domain/plant.ts';
import type { Correction } from '../../domain/values/correction.ts';
import { bench, MACHINE, message, NOW, send, TOPIC } from './harness.ts';

const NO_RULES: Plant = { sites: [], machines: [] };
const LATE = NOW - 60_000;
const shortly = (rows: readonly Correction[]) =>
  rows.map(({ signal, kind, action, count, before, raw, result }) => [
    ...[signal, kind, action, count, before, raw, result],
  ]);

test('another value for the same instant is listed with the one that it took the place of', async () => {
  const parts = bench();
  await using ingest = await parts.start({ values: { plant: NO_RULES, corrections: parts.corrections } });
  await send(ingest, message(TOPIC, { ts: LATE, a: 5, word: 'x', flag: true, same: 1 }));
  await send(ingest, message(TOPIC, { ts: LATE, a: 6, word: 'y', flag: false, same: 1 }));
  ingest.listCorrections();
  expect(shortly(parts.corrections.rows)).toEqual([
    ['a', 'replaced', 'replaced', 1, 5, 6, 6],
    ['word', 'replaced', 'replaced', 1, 'x', 'y', 'y'],
    ['flag', 'replaced', 'replaced', 1, true, false, false],
  ]);
  await ingest.drained();
  expect(ingest.books().observations).toMatchObject({ stored: 4, replaced: 3, duplicate: 1 });
});

test('what memory let go of is asked from the store, also what it was', async () => {
  const parts = bench();
  const values = { plant: NO_RULES, corrections: parts.corrections };
  const first = await parts.start({ values });
  await send(first, message(TOPIC, { ts: LATE, a: 5 }));
  await first[Symbol.asyncDispose]();
  await using again = await parts.start({ values });
  await send(again, message(TOPIC, { ts: LATE, a: 7 }));
  again.listCorrections();
  expect(shortly(parts.corrections.rows)).toEqual([['a', 'replaced', 'replaced', 1, 5, 7, 7]]);
});

test('a value of another type than its series is listed once an hour, with how many there were', async () => {
  const parts = bench();
  await using ingest = await parts.start({ values: { plant: NO_RULES, corrections: parts.corrections } });
  await send(ingest, message(TOPIC, `{"ts":${LATE},"n":9007199254740993}`));
  for (const [index, n] of [7, 8, 9].entries())
    await send(ingest, message(TOPIC, { ts: LATE + 1 + index, n }));
  const explained = ingest.explain(message(TOPIC, { ts: LATE + 9, n: 10 })).corrections;
  expect(explained).toMatchObject([{ signal: 'n', kind: 'coerced', action: 'converted' }]);
  ingest.listCorrections();
  expect(shortly(parts.corrections.rows)).toEqual([['n', 'coerced', 'converted', 3, null, 7, 7n]]);
  expect(parts.corrections.rows[0]).toMatchObject({
    lastRaw: 9,
    words: { en: expect.stringContaining('double to int64') },
  });
});

test('a corrected clock is listed with the time that the source said, and the one that is stored', async () => {
  const parts = bench();
  const clocks = {
    toleranceMs: 5000,
    corrections: [{ source: MACHINE, aheadMs: 1000, since: null, until: null }],
  };
  await using ingest = await parts.start({
    ...{ values: { plant: NO_RULES, corrections: parts.corrections }, clocks },
  });
  for (const second of [0, 1, 2]) await send(ingest, message(TOPIC, { ts: LATE + second * 1000, a: 1 }));
  const { corrections } = ingest.explain(message(TOPIC, { ts: LATE, a: 1 }));
  expect(corrections).toMatchObject([{ signal: 'ts', kind: 'clock', action: 'moved' }]);
  ingest.listCorrections();
  expect(shortly(parts.corrections.rows)).toEqual([['ts', 'clock', 'moved', 3, null, LATE, LATE - 1000]]);
});

test('after a kill each is listed, and counted once, whatever had reached the list', async () => {
  const parts = bench();
  const plant: Plant = {
    ...NO_RULES,
    signals: [{ scope: MACHINE, signal: 'a', max: 10, outOfRange: 'flag', onJump: 'flag' }],
  };
  const values = { plant, corrections: parts.corrections };
  const count = () => parts.corrections.rows.reduce((sum, row) => sum + row.count, 0);
  let broken = false;
  const failing = {
    ...parts.corrections,
    put: (...given: Parameters<typeof parts.corrections.put>) => {
      if (broken) throw new Error('the disk is full');
      return parts.corrections.put(...given);
    },
  };
  const first = await parts.start({ values: { plant, corrections: failing } });
  await send(
    first,
    message(TOPIC, [
      { ts: LATE, a: 11 },
      { ts: LATE + 1, a: 12 },
    ]),
  );
  first.listCorrections();
  expect(count()).toBe(2);
  broken = true;
  await send(first, message(TOPIC, { ts: LATE + 2, a: 13 }));
  await first.drained();
  await first.abandon();
  expect(count()).toBe(2);
  const again = await parts.start({ values });
  again.listCorrections();
  expect(shortly(parts.corrections.rows)).toEqual([
    ['a', 'out-of-range', 'flagged', 1, null, 11, 11],
    ['a', 'out-of-range', 'flagged', 1, null, 12, 12],
    ['a', 'out-of-range', 'flagged', 1, null, 13, 13],
  ]);
  await again.abandon();
  const last = await parts.start({ values });
  last.listCorrections();
  expect(count()).toBe(3);
});

test('a journal with events is read back exactly', async () => {
  const parts = bench();
  const silent = { put: () => [], positionOf: () => 0 };
  const first = await parts.start({ values: { plant: NO_RULES, corrections: silent } });
  await send(first, message(TOPIC, `{"ts":${LATE},"n":9007199254740993,"t":"温度","b":true}`));
  await send(first, message(TOPIC, `{"ts":${LATE},"n":9007199254740995,"t":"压力","b":false}`));
  await first.abandon();
  await using again = await parts.start({ values: { plant: NO_RULES, corrections: parts.corrections } });
  again.listCorrections();
  expect(shortly(parts.corrections.rows)).toEqual([
    ['n', 'replaced', 'replaced', 1, 9007199254740993n, 9007199254740995n, 9007199254740995n],
    ['t', 'replaced', 'replaced', 1, '温度', '压力', '压力'],
    ['b', 'replaced', 'replaced', 1, true, false, false],
  ]);
});

test('a value that a rule flags is listed once, though its message comes twice', async () => {
  const parts = bench();
  const plant: Plant = {
    ...NO_RULES,
    signals: [{ scope: MACHINE, signal: 'a', max: 10, outOfRange: 'flag', onJump: 'flag' }],
  };
  await using ingest = await parts.start({ values: { plant, corrections: parts.corrections } });
  for (let turn = 0; turn < 2; turn++) await send(ingest, message(TOPIC, { ts: LATE, a: 11, b: 1 }));
  ingest.listCorrections();
  expect(shortly(parts.corrections.rows)).toEqual([['a', 'out-of-range', 'flagged', 1, null, 11, 11]]);
  expect(ingest.books().observations.duplicate).toBe(2);
});
