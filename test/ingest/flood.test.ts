import { expect, test } from 'vitest';
import { imbalance } from '../../domain/books.ts';
import { bench, delivery, MACHINE, message, NOW } from './harness.ts';

const topicOf = (machine: number): string =>
  `kaidong/v1/${MACHINE.replace('imm-01', `imm-${String(machine).padStart(2, '0')}`)}`;
const FLOOD = topicOf(0);
const QUIET = Array.from({ length: 20 }, (_, index) => topicOf(index + 1));
/** Messages of one group, which becomes durable as a whole. */
const GROUP = 4000;

test('187,000 events in five minutes from one machine among twenty: all are stored, nothing is refused', async () => {
  const parts = bench();
  await using ingest = await parts.start();
  let flood = 0;
  let quiet = 0;
  for (let second = 0; second < 300; second++) {
    const receivedAt = NOW + second * 1000;
    parts.clock.now = receivedAt;
    const most = Math.round((187_000 * (second + 1)) / 300);
    for (; flood < most; flood++) {
      const payload = { ts: receivedAt - 1000 + (flood % 1000), n: flood };
      const more = { receivedAt, delivery: delivery(flood % 65_535) };
      ingest.accept(message(FLOOD, payload, more), () => {});
    }
    for (const topic of QUIET) {
      ingest.accept(message(topic, { ts: receivedAt, n: second }, { receivedAt }), (error) => {
        if (!error) quiet++;
      });
    }
    if (second % 10 === 9) await ingest.drained();
  }
  const { messages, sources } = ingest.books();
  expect(messages).toMatchObject({ received: 193_000, stored: 193_000, refused: 0, spooled: 0, inFlight: 0 });
  expect(sources.every(({ messages: own }) => imbalance(own) === 0)).toBe(true);
  expect(quiet).toBe(6000);
});

test('187,000 at once: others that come behind are durable two groups later, and the flood keeps its order', async () => {
  const parts = bench();
  await using ingest = await parts.start();
  const durable: string[] = [];
  const order: number[] = [];
  for (let n = 0; n < 187_000; n++) {
    const incoming = message(FLOOD, { ts: NOW - 187_000 + n, n }, { delivery: delivery(n % 65_535) });
    ingest.accept(incoming, () => {
      durable.push(FLOOD);
      order.push(n);
    });
  }
  for (const topic of QUIET) {
    ingest.accept(message(topic, { ts: NOW, n: 1 }, { delivery: delivery(1, false, topic) }), () =>
      durable.push(topic),
    );
  }
  await ingest.drained();
  expect(durable).toHaveLength(187_020);
  for (const topic of QUIET) expect(durable.indexOf(topic)).toBeLessThan(2 * GROUP);
  expect(order).toEqual([...order].sort((one, other) => one - other));
  expect(ingest.books().messages).toMatchObject({ received: 187_020, stored: 187_020 });
});

test('at QoS 0 the source that floods loses, not those that come meanwhile', async () => {
  const parts = bench();
  await using ingest = await parts.start({ inboxMessages: 1000 });
  const outcome = { flood: 0, quiet: 0 };
  for (let n = 0; n < 10_000; n++) {
    ingest.accept(message(FLOOD, { ts: NOW - 10_000 + n, n }), (error) => {
      if (error) outcome.flood++;
    });
    if (n % 500 !== 0) continue;
    for (const topic of QUIET) {
      ingest.accept(message(topic, { ts: NOW - 10_000 + n, n }), (error) => {
        if (error) outcome.quiet++;
      });
    }
  }
  await ingest.drained();
  expect(outcome).toEqual({ flood: expect.any(Number), quiet: 0 });
  expect(outcome.flood).toBeGreaterThan(7000);
  const { messages, sources } = ingest.books();
  expect(messages).toMatchObject({ received: 10_400, refused: outcome.flood });
  expect(sources.filter(({ messages: { refused } }) => refused > 0)).toHaveLength(1);
  expect(parts.events.find(({ event }) => event === 'qos0-not-taken')?.fields).toMatchObject({
    source: FLOOD.replace('kaidong/v1/', ''),
  });
});

test('what waits at QoS 0 is bounded in bytes too, however few the messages', async () => {
  const parts = bench();
  await using ingest = await parts.start();
  const payload = new Uint8Array(1024 * 1024);
  let refused = 0;
  for (let n = 0; n < 300; n++) {
    ingest.accept(message(FLOOD, payload), (error) => {
      if (error) refused++;
    });
  }
  // Twice 64 MB is the part of a source that has nobody beside it.
  expect(300 - refused).toBe(128);
  await ingest.drained();
  expect(ingest.books().messages).toMatchObject({ received: 300, refused: 300, inFlight: 0 });
});

test('what overtook is not forgotten: a message sent again is the same one, also after a kill', async () => {
  const parts = bench();
  const first = await parts.start({ inboxMessages: 10, segmentBytes: 2000 });
  const all = [];
  for (let n = 0; n < 50; n++) all.push({ topic: FLOOD, n });
  for (const [index, topic] of QUIET.entries()) all.push({ topic, n: 1000 + index });
  const durable = all.map(
    ({ topic, n }) =>
      new Promise<void>((resolve) =>
        // Without a time each arrival would be a new fact.
        first.accept(message(topic, { n }, { delivery: delivery(n + 1) }), () => resolve()),
      ),
  );
  await Promise.all(durable);
  await first.drained();
  await first.abandon();
  await using second = await parts.start({ segmentBytes: 2000 });
  for (const { topic, n } of all)
    second.accept(message(topic, { n }, { delivery: delivery(n + 1, true) }), () => {});
  await second.drained();
  expect(second.books().messages).toMatchObject({ received: 70, stored: 70, duplicate: 0 });
});
