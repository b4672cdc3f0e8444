import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Arrival } from '../../ingest/arrival.ts';
import { createBooks } from '../../ingest/books.ts';
import { createTraffics } from '../../ingest/source-traffic.ts';
import { createWaitingLine } from '../../ingest/waiting-line.ts';
import { message } from './harness.ts';

function lineOf(fairAboveMessages: number) {
  const fairAbove = { messages: fairAboveMessages, bytes: 1e6 };
  const traffics = createTraffics(createBooks());
  let number = 0;
  const line = createWaitingLine({ fairAbove, trafficOf: ({ route }) => traffics.of(route.source) });
  const push = (source: string, bytes = 100): void => {
    const route = {
      source,
      rule: null,
      place: null,
      topicHash: 0,
      shape: null,
      traffic: null,
      row: 0,
      ownRow: 0,
      rules: {},
    } as const;
    const to = { code: 'no-rule', detail: '' } as const;
    const incoming = message(source, new Uint8Array(bytes));
    line.push({
      number: ++number,
      message: incoming,
      route: { ...route, to },
      delivery: null,
      durable: null,
      replay: null,
    });
  };
  return { line, push, traffics };
}

const ROOM = { messages: 100, bytes: 1e6 };
const sourcesOf = (group: readonly Arrival[]): string[] => group.map(({ route }) => route.source);

test('as long as little waits, messages go in the order of their coming', () => {
  const { line, push } = lineOf(50);
  for (const source of ['a', 'b', 'a', 'c']) push(source);
  expect(line.take(ROOM).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect([line.length, line.bytes]).toEqual([0, 0]);
});

test('behind a flood, a source waits for one round of turns, whatever the flood has waiting', () => {
  const { line, push } = lineOf(50);
  for (let n = 0; n < 100_000; n++) push('flood');
  for (const quiet of ['a', 'b', 'c']) push(quiet);
  expect(new Set(sourcesOf(line.take(ROOM)))).toEqual(new Set(['flood', 'a', 'b', 'c']));
});

test('messages of four megabytes take their part in bytes, not in messages', () => {
  const { line, push } = lineOf(2);
  for (let n = 0; n < 40; n++) push('large', 400_000);
  for (let n = 0; n < 40; n++) push('small', 100);
  const first = sourcesOf(line.take(ROOM));
  expect(first.filter((source) => source === 'small')).toHaveLength(40);
  expect(first.filter((source) => source === 'large').length).toBeLessThanOrEqual(3);
});

test('whatever comes and is taken, nothing is lost or doubled, and each source keeps its order', () => {
  const step = fc.oneof(
    fc.record({ source: fc.constantFrom('a', 'b', 'c', 'd'), bytes: fc.nat({ max: 40_000 }) }),
    fc.record({ messages: fc.integer({ min: 1, max: 20 }), bytes: fc.integer({ min: 1, max: 100_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.nat({ max: 20 }), (steps, fairAbove) => {
      const { line, push } = lineOf(fairAbove);
      const taken: Arrival[] = [];
      let pushed = 0;
      let bytes = 0;
      for (const one of steps) {
        if ('source' in one) {
          push(one.source, one.bytes);
          pushed++;
          bytes += one.bytes;
        } else {
          const before = line.length;
          const group = line.take(one);
          expect(group.length).toBeGreaterThanOrEqual(Math.min(before, 1));
          expect(group.length).toBeLessThanOrEqual(one.messages);
          taken.push(...group);
          bytes -= group.reduce((sum, { message: { payload } }) => sum + payload.length, 0);
        }
        expect([line.length, line.bytes]).toEqual([pushed - taken.length, bytes]);
      }
      while (line.length > 0) taken.push(...line.take(ROOM));
      expect(taken.map(({ number }) => number).sort((one, other) => one - other)).toEqual(
        Array.from({ length: pushed }, (_, index) => index + 1),
      );
      for (const source of ['a', 'b', 'c', 'd']) {
        const own = taken.filter(({ route }) => route.source === source).map(({ number }) => number);
        expect(own).toEqual([...own].sort((one, other) => one - other));
      }
    }),
  );
});
