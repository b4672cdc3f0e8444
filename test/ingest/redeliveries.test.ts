import { expect, test } from 'vitest';
import { ByteReader, ByteWriter } from '../../ingest/journal/bytes.ts';
import { readDeliveries } from '../../ingest/journal/codec.ts';
import { createRedeliveries } from '../../ingest/redeliveries.ts';
import { NOW } from './harness.ts';

const DAY_MS = 86_400_000;
const entry = (session: string, packetId: number) => ({
  session,
  packetId,
  topicHash: 1,
  payloadHash: packetId,
  payloadBytes: 9,
});

function written(redeliveries: ReturnType<typeof createRedeliveries>, lastDurable: number) {
  const writer = new ByteWriter();
  redeliveries.write(writer, (arrival) => arrival <= lastDurable);
  return readDeliveries(new ByteReader(writer.written()));
}

test('every packet id of a session has its place, and comes back', () => {
  const redeliveries = createRedeliveries({ now: () => NOW });
  for (let packetId = 1; packetId <= 65_535; packetId++) redeliveries.note(entry('a', packetId), packetId);
  expect(redeliveries.match(entry('a', 65_535))).toBe(65_535);
  expect(redeliveries.match(entry('b', 65_535))).toBeUndefined();
  expect(redeliveries.match({ ...entry('a', 7), payloadHash: 8 })).toBeUndefined();
  const records = written(redeliveries, 65_535);
  expect(records).toHaveLength(65_535);
  expect(records.find(({ packetId }) => packetId === 300)).toEqual(entry('a', 300));
});

test('what is not durable yet is not written down: after a kill it is a new message', () => {
  const redeliveries = createRedeliveries({ now: () => NOW });
  redeliveries.note(entry('a', 1), 1);
  redeliveries.note(entry('b', 1), 2);
  expect(written(redeliveries, 1)).toEqual([entry('a', 1)]);
});

test('a session that was silent for more than seven days is let go', () => {
  const clock = { now: NOW };
  const redeliveries = createRedeliveries({ now: () => clock.now });
  redeliveries.note(entry('a', 1), 1);
  clock.now += 4 * DAY_MS;
  redeliveries.note(entry('b', 1), 2);
  clock.now += 4 * DAY_MS;
  expect(written(redeliveries, 9)).toEqual([entry('b', 1)]);
  expect(redeliveries.match(entry('a', 1))).toBeUndefined();
});

test('many sessions share a bounded memory, the oldest entries go first', () => {
  const redeliveries = createRedeliveries({ now: () => NOW });
  for (let session = 0; session < 30_000; session++) redeliveries.note(entry(`s${session}`, 1), session + 1);
  expect(redeliveries.match(entry('s0', 1))).toBeUndefined();
  expect(redeliveries.match(entry('s29999', 1))).toBe(30_000);
});
