import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imbalance } from '../../domain/books.ts';
import { bench, message, NOW, send, TOPIC } from './harness.ts';

const sound = Buffer.from(
  JSON.stringify([{ ts: NOW, state: 'running', count: 12, temperature: 21.5, total: 0, 门: true }]).replace(
    '"total":0',
    '"total":9007199254740993',
  ),
);
const topics = [
  TOPIC,
  `${TOPIC}/temperature`,
  'kaidong/v1/a/b/c/d/e',
  'kaidong/v1',
  'other',
  'kaidong/v1/a/b/c/d/e/f/g',
];

/** A sound payload with some bytes changed, some taken out, and some of it twice. */
const mutated = fc
  .array(
    fc.record({
      at: fc.nat({ max: sound.length - 1 }),
      how: fc.constantFrom('set' as const, 'cut' as const, 'repeat' as const),
      byte: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(...Buffer.from('{}[]",:0e-9'))),
    }),
    { maxLength: 3 },
  )
  .map((changes) =>
    changes.reduce((bytes, { at, how, byte }) => {
      const from = Math.min(at, bytes.length);
      if (how === 'set')
        return Buffer.concat([bytes.subarray(0, from), Buffer.of(byte), bytes.subarray(from + 1)]);
      if (how === 'cut') return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + (byte % 16))]);
      return Buffer.concat([bytes, bytes.subarray(from, from + (byte % 32))]);
    }, sound),
  );

test('whatever the bytes are, the message is stored or refused with a reason, and the next one is handled', async () => {
  const parts = bench();
  await using ingest = await parts.start();
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...topics),
      fc.oneof(mutated, fc.uint8Array({ maxLength: 40 })),
      async (topic, payload) => {
        await send(ingest, message(topic, payload));
        ingest.explain({ topic, payload });
        sent++;
        const { messages, observations } = ingest.books();
        expect(messages.received).toBe(sent);
        expect([imbalance(messages), imbalance(observations)]).toEqual([0, 0]);
      },
    ),
    { numRuns: 2000, seed: 424_242 },
  );
  await ingest.drained();
  const { messages } = ingest.books();
  expect(messages.stored + messages.duplicate + messages.refused).toBe(sent);
  expect(messages.refused).toBeGreaterThan(500);
  expect(messages.stored + messages.duplicate).toBeGreaterThan(50);
  for (const { detail } of ingest.refused({ limit: 5000 }).items) expect(detail.length).toBeGreaterThan(20);
  expect(parts.events).toEqual([]);
});
