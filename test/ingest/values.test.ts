import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DerivedRule } from '../../domain/derived/rule.ts';
import { MACHINE_DEFAULTS, type Machine, type Plant } from '../../domain/plant.ts';
import { timeline } from '../../domain/timeline.ts';
import type { ValueRule } from '../../domain/values/rule.ts';
import type { CorrectionLog } from '../../ingest/ports.ts';
import { createCorrectionNotes } from '../../ingest/values/correction-notes.ts';
import { factsOf } from '../domain/facts-of.ts';
import { bench, MACHINE, message, NOW, send, TOPIC } from './harness.ts';

const plantWith = (...rules: (Partial<ValueRule> & { signal: string })[]): Plant => ({
  ...{ sites: [], machines: [] },
  signals: rules.map((rule) => ({
    ...{ scope: MACHINE, outOfRange: 'refuse', onJump: 'flag' },
    ...rule,
  })),
});

test('what is left out is in the books after a kill, and after one more', async () => {
  const parts = bench();
  const values = {
    plant: plantWith({ signal: 'a', deadBand: { amount: 1 } }),
    corrections: parts.corrections,
  };
  const first = await parts.start({ values });
  for (const second of [0, 1, 2]) {
    await send(first, message(TOPIC, { ts: NOW - 60_000 + second * 1000, a: 5, b: second }));
  }
  await first.abandon();
  const again = await parts.start({ values });
  await again.drained();
  expect(again.books().observations).toMatchObject({ received: 6, stored: 4, thinned: 2 });
  await again.abandon();
  const last = await parts.start({
    values: { plant: plantWith({ signal: 'z' }), corrections: parts.corrections },
  });
  await last.drained();
  expect(last.books().observations).toMatchObject({ received: 6, stored: 4, thinned: 2 });
});

test('a value delivered again is a duplicate, also where its neighbours were left out', async () => {
  const parts = bench();
  const plant = plantWith({ signal: 'a', deadBand: { amount: 1 } });
  await using ingest = await parts.start({ values: { plant, corrections: parts.corrections } });
  const batch = [0, 1, 2].map((second) => ({ ts: NOW - 60_000 + second * 1000, a: 5 + second * 0.5 }));
  await send(ingest, message(TOPIC, batch));
  await send(ingest, message(TOPIC, batch));
  await ingest.drained();
  expect(parts.store.state.written.map(({ ts }) => ts)).toEqual([NOW - 60_000]);
  expect(ingest.books().observations).toMatchObject({ received: 6, stored: 1, thinned: 4, duplicate: 1 });
});

test('machines that report the same signals have rules and memories of their own', async () => {
  const parts = bench();
  const plant = plantWith({ signal: 'a', max: 10 }, { signal: 'b', scope: 'acme', deadBand: { amount: 1 } });
  await using ingest = await parts.start({ values: { plant, corrections: parts.corrections } });
  const other = `${TOPIC.slice(0, -2)}02`;
  for (const [index, topic] of [TOPIC, other, TOPIC, other].entries()) {
    // Each machine's own value stays within its dead band; from machine to machine it would not.
    await send(ingest, message(topic, { ts: NOW - 60_000 + index, a: 100, b: topic === other ? 50 : 5 }));
  }
  await ingest.drained();
  expect(ingest.books().observations).toMatchObject({ received: 8, stored: 4, thinned: 2, refused: 2 });
});

test('of many events in a minute ten are listed one by one, the rest is counted in the last', async () => {
  const parts = bench();
  const plant = plantWith({ signal: 'a', max: 10, outOfRange: 'flag' });
  await using ingest = await parts.start({ values: { plant, corrections: parts.corrections } });
  const over = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ts: NOW - 60_000 + index, a: 100 + index }));
  await send(ingest, message(TOPIC, over(25)));
  ingest.listCorrections();
  expect(parts.corrections.rows).toHaveLength(10);
  expect(parts.corrections.rows.at(-1)).toMatchObject({
    ...{ count: 16, raw: 109, lastRaw: 124, result: 109, receivedAt: NOW },
    ...{ from: NOW - 60_000 + 9, to: NOW - 60_000 + 24 },
  });
  await send(ingest, message(TOPIC, [{ ts: NOW - 1, a: 11 }], { receivedAt: NOW + 60_000 }));
  ingest.listCorrections();
  expect(parts.corrections.rows.map(({ count }) => count)).toEqual([...Array(9).fill(1), 16, 1]);
});

test('a list that fails for a moment gets its events later, and nothing else waits for it', async () => {
  const parts = bench();
  let broken = true;
  const corrections: CorrectionLog = {
    ...parts.corrections,
    put(more, upTo) {
      if (broken) throw new Error('the disk is full');
      return parts.corrections.put(more, upTo);
    },
  };
  const plant = plantWith({ signal: 'a', max: 10, outOfRange: 'flag' });
  const ingest = await parts.start({ values: { plant, corrections } });
  await send(ingest, message(TOPIC, { ts: NOW, a: 11 }));
  ingest.listCorrections();
  expect(parts.events.map(({ event }) => event)).toContain('corrections-put-failed');
  broken = false;
  await ingest[Symbol.asyncDispose]();
  expect(parts.corrections.rows).toMatchObject([{ raw: 11, action: 'flagged' }]);
});

test('while the list takes nothing, what waits for it is bounded, and the rest is counted', () => {
  let broken = true;
  const rows: { readonly signal: string; readonly count: number }[] = [];
  const told: object[] = [];
  const notes = createCorrectionNotes({
    corrections: {
      put(more) {
        if (broken) throw new Error('the disk is full');
        return more.map((row) => rows.push({ signal: row.signal, count: row.count }));
      },
      positionOf: () => 0,
    },
    journal: 'j',
    log: (_, fields) => void told.push(fields ?? {}),
    mostWaiting: 3,
  });
  for (let minute = 0; minute < 100; minute++) {
    for (const signal of ['a', 'b', 'c', 'd']) {
      const at = NOW + minute * 60_000;
      const what = { machine: MACHINE, kind: 'out-of-range', action: 'flagged', before: null } as const;
      const words = { zh: '至多 10', en: 'max 10' };
      const span = { from: at, to: at, receivedAt: at, count: 1 };
      const values = { raw: 11, result: 11, lastRaw: 11 };
      notes.take({ number: minute + 1, notes: [{ ...what, words, signal, ...span, ...values }] });
    }
    notes.flush();
  }
  expect(told).toHaveLength(2);
  expect(told[1]).toMatchObject({ waiting: 3, unlisted: 61 });
  broken = false;
  notes.flush();
  expect(rows).toEqual(['a', 'b', 'c'].map((signal) => ({ signal, count: 100 })));
});

test('a refused value is replayed to what it would have been once the range is wider, and not before', async () => {
  const parts = bench();
  const { corrections } = parts;
  const narrow = await parts.start({ values: { plant: plantWith({ signal: 'a', max: 10 }), corrections } });
  await send(narrow, message(TOPIC, { ts: NOW, a: 11, b: 1 }));
  await send(narrow, message(TOPIC, { ts: NOW + 1, a: 30 }));
  expect(await narrow.replay({ code: 'value-out-of-range' })).toMatchObject({
    replayed: 2,
    stored: 0,
    refused: 2,
  });
  await narrow[Symbol.asyncDispose]();
  await using wide = await parts.start({
    values: { plant: plantWith({ signal: 'a', max: 20 }), corrections },
  });
  expect(await wide.replay({ code: 'value-out-of-range' })).toMatchObject({
    replayed: 2,
    stored: 1,
    refused: 1,
  });
  await wide.drained();
  expect(wide.books()).toMatchObject({
    messages: { received: 2, stored: 1, refused: 1 },
    observations: { received: 3, stored: 2, refused: 1, duplicate: 0 },
  });
});

test('where no rule is configured nothing is asked and nothing listed', async () => {
  const parts = bench();
  await using ingest = await parts.start({
    values: { plant: { sites: [], machines: [] }, corrections: parts.corrections },
  });
  await send(ingest, message(TOPIC, { ts: NOW, a: 1e9 }));
  ingest.listCorrections();
  expect(parts.corrections.rows).toEqual([]);
  expect(ingest.explain(message(TOPIC, { ts: NOW, a: 1e9 })).corrections).toEqual([]);
});

test('what is left out changes no state that the signal tells, and silence only by a quarter', async () => {
  const derive: DerivedRule = {
    ...{ from: 'level', runningAbove: 12, idleBelow: 8, offBelow: 1 },
    holdMs: 20_000,
  };
  const machine: Machine = {
    ...MACHINE_DEFAULTS,
    ...{ path: MACHINE, declared: true, maxSilenceMs: 120_000, stateSignal: 'current', derive },
  };
  const rules = [
    { signal: 'current', deadBand: { amount: 4 } },
    { signal: 'current', minIntervalMs: 25_000 },
  ];
  const START = NOW - 3_600_000;
  const span = { from: START - 1, to: NOW };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...rules),
      fc.array(
        fc.record({
          after: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 20 }) }, fc.nat(300)),
          value: fc.constantFrom(0, 0.5, 5, 7, 9, 11, 13, 16, 40),
        }),
        { maxLength: 40 },
      ),
      async (rule, steps) => {
        const parts = bench();
        const plant = { ...plantWith(rule), machines: [machine] };
        const ingest = await parts.start({ values: { plant, corrections: parts.corrections } });
        let ts = START;
        const arrivals = steps.map(({ after, value }) => {
          ts += after * 1000;
          return { ts, values: { current: value as number } };
        });
        for (const { ts: at, values } of arrivals) await send(ingest, message(TOPIC, { ts: at, ...values }));
        await ingest.drained();
        await ingest.abandon();
        const kept = parts.store.state.written.map(({ ts: at, values }) => ({
          ts: at,
          values: { current: values[0] as number },
        }));
        const statesOf = (heard: typeof arrivals, maxSilenceMs: number | null) => {
          const own = { ...machine, maxSilenceMs };
          return timeline({ machine: own, facts: factsOf(own, heard, span), span });
        };
        expect(statesOf(kept, null)).toEqual(statesOf(arrivals, null));
        const unknown = (heard: typeof arrivals) =>
          statesOf(heard, machine.maxSilenceMs)
            .filter(({ source }) => source === 'silence')
            .map(({ from, to }) => ({ from, to }));
        const truth = unknown(arrivals);
        const seen = unknown(kept);
        // A silence begins at most a quarter earlier than it did; a pause that was nearly one may count as one so long.
        for (const { from, to } of seen) {
          const began = truth.find((one) => one.to === to)?.from ?? to;
          expect(began - from).toBeLessThanOrEqual(30_000);
          expect(began - from).toBeGreaterThanOrEqual(0);
        }
        for (const { to } of truth) expect(seen.map((one) => one.to)).toContain(to);
      },
    ),
    { numRuns: 40 },
  );
});
