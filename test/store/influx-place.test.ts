import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../domain/observation.ts';
import { prepare } from '../../store/influx/batch.ts';
import { place, type Send } from '../../store/influx/place.ts';
import { PRESS, reading, T0 } from './contract/samples.ts';

/** Takes lines as InfluxDB does: those with a poisoned field are dropped whole, the rest of the request is written. */
function server(
  isPoisoned: (ts: number, signal: string) => boolean,
  says: 'how many' | 'nothing' | 'too large',
) {
  const stored = new Map<string, unknown>();
  let requests = 0;
  const send: Send = async (readings) => {
    requests++;
    if (says === 'too large' && readings.length > 100)
      return { kind: 'too-large', detail: 'request too large' };
    const dropped = readings.filter(({ ts, signals }) => signals.some((signal) => isPoisoned(ts, signal)));
    for (const taken of readings)
      if (!dropped.includes(taken))
        taken.signals.forEach((signal, i) => {
          stored.set(`${taken.ts} ${signal}`, taken.values[i]);
        });
    if (dropped.length === 0) return { kind: 'stored' };
    const detail = `partial write: field type conflict dropped=${dropped.length}`;
    return { kind: 'refused', detail, ...(says === 'nothing' ? {} : { dropped: dropped.length }) };
  };
  return { send, stored, requests: () => requests };
}

const batchOf = (count: number): Reading[] =>
  Array.from({ length: count }, (_, n) => reading(PRESS, T0 + n, { a: n, b: n + 0.5, c: `w${n}` }));

describe.each(['how many', 'nothing', 'too large'] as const)('a store that says %s was dropped', (says) => {
  test('exactly the poisoned observations are refused, everything else is stored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 300 }),
        fc.array(fc.tuple(fc.nat({ max: 299 }), fc.constantFrom('a', 'b', 'c')), { maxLength: 20 }),
        async (count, poisoned) => {
          const keys = new Set(poisoned.map(([n, signal]) => `${n} ${signal}`));
          const { send, stored } = server((ts, signal) => keys.has(`${ts - T0} ${signal}`), says);
          const batch = batchOf(count);
          const refusals = await place(prepare(batch), 0, count, send);
          const expected = [...keys].filter((key) => Number(key.split(' ')[0]) < count);
          expect(refusals.map(({ reading: n, signal }) => `${n} ${signal}`).sort()).toEqual(expected.sort());
          expect(stored.size).toBe(count * 3 - expected.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});

test('one bad observation in 5,000 costs a few dozen requests', async () => {
  const { send, requests } = server((ts, signal) => ts === T0 + 3217 && signal === 'b', 'how many');
  expect(await place(prepare(batchOf(5000)), 0, 5000, send)).toEqual([
    { reading: 3217, signal: 'b', detail: 'partial write: field type conflict dropped=1' },
  ]);
  expect(requests()).toBeLessThan(40);
});

test('a field that is bad in every line costs one request a field', async () => {
  const { send, requests, stored } = server((_, signal) => signal === 'c', 'how many');
  expect(await place(prepare(batchOf(1000)), 0, 1000, send)).toHaveLength(1000);
  expect(stored.size).toBe(2000);
  expect(requests()).toBe(4);
});

test('what concerns the instant refuses the whole reading, once', async () => {
  const detail = 'partial write: points beyond retention policy dropped=1';
  const send: Send = async (readings) =>
    readings.some(({ ts }) => ts === T0) ? { kind: 'refused', detail, dropped: 1 } : { kind: 'stored' };
  expect(await place(prepare(batchOf(8)), 0, 8, send)).toEqual([{ reading: 0, signal: null, detail }]);
});

test('a value overwritten in the same batch is refused with the one that overwrote it', async () => {
  const batch = [reading(PRESS, T0, { a: 1 }), reading(PRESS, T0, { a: 2, b: 3 })];
  const { send } = server((_, signal) => signal === 'a', 'how many');
  const refusals = await place(prepare(batch), 0, 1, send);
  expect(refusals.map(({ reading: n, signal }) => [n, signal])).toEqual([
    [0, 'a'],
    [1, 'a'],
  ]);
});
