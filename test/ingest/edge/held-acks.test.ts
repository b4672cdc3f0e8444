import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HeldAcks } from '../../../ingest/edge/held-acks.ts';

function collecting() {
  const writes: Buffer[] = [];
  const acks = new HeldAcks((packets) => writes.push(packets));
  const ids = () =>
    writes.flatMap((bytes) =>
      Array.from({ length: bytes.length / 4 }, (_, i) => {
        expect([bytes[i * 4], bytes[i * 4 + 1]]).toEqual([0x40, 2]);
        return bytes.readUInt16BE(i * 4 + 2);
      }),
    );
  return { acks, writes, ids };
}

test('acknowledgements leave in the order of the messages, whatever becomes durable first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 65_534 }), { maxLength: 50 }),
      fc.infiniteStream(fc.nat()),
      async (packetIds, order) => {
        const { acks, ids } = collecting();
        const held = packetIds.map((id) => acks.hold(id + 1));
        const open = [...held];
        while (open.length > 0) {
          const [ack] = open.splice(order.next().value % open.length, 1);
          acks.release(ack!);
          if (order.next().value % 2) await Promise.resolve();
          const durable = held.findIndex((entry) => !entry.durable);
          expect(ids().length).toBeLessThanOrEqual(durable < 0 ? held.length : durable);
        }
        await Promise.resolve();
        expect(ids()).toEqual(held.map((ack) => ack.packetId));
        expect(acks.size).toBe(0);
      },
    ),
  );
});

test('a group commit is one write', async () => {
  const { acks, writes } = collecting();
  const held = Array.from({ length: 10_000 }, (_, i) => acks.hold(i + 1));
  for (const ack of held) acks.release(ack);
  await Promise.resolve();
  expect(writes.map((bytes) => bytes.length)).toEqual([40_000]);
});

test('the bytes that are held are those of what is still owed', async () => {
  const { acks } = collecting();
  const held = [acks.hold(1, 10), acks.hold(2, 200), acks.hold(3)];
  expect(acks.bytes).toBe(210);
  acks.release(held[1]!);
  acks.release(held[0]!);
  await Promise.resolve();
  expect(acks.bytes).toBe(0);
  acks.hold(4, 5);
  acks.drop();
  acks.hold(5, 7);
  expect(acks.bytes).toBe(0);
});

test('nothing leaves after the connection is gone', async () => {
  const { acks, writes } = collecting();
  const [first, second] = [acks.hold(1), acks.hold(2)];
  acks.release(first);
  acks.drop();
  acks.release(second);
  await Promise.resolve();
  expect(writes).toEqual([]);
});
