import { PassThrough, Writable } from 'node:stream';
import fc from 'fast-check';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { tapPublishes } from '../../../ingest/edge/publish-tap.ts';

interface Taken {
  readonly topic: string;
  readonly payload: string;
  readonly packetId: number | null;
  readonly dup: boolean;
  readonly retain: boolean;
}

/** A tap on bytes that the test gives it. */
function tapped({ mqtt5 = true, mostTaken = Number.POSITIVE_INFINITY } = {}) {
  const stream = new PassThrough();
  const taken: Taken[] = [];
  const others: Buffer[] = [];
  const errors: string[] = [];
  const limits = { mostTaken };
  const tap = tapPublishes({
    stream,
    rest: new Writable({ write: (bytes, _, done) => done(void others.push(bytes)) }),
    isMqtt5: () => mqtt5,
    take({ topic }, payload, packetId, { dup, retain }) {
      taken.push({ topic, payload: payload.toString(), packetId, dup, retain });
      return taken.length < limits.mostTaken;
    },
    broken: (error) => errors.push(error.message),
  });
  const give = (bytes: Uint8Array): void => void stream.emit('data', Buffer.from(bytes));
  return { tap, stream, taken, others, errors, limits, give };
}

const publishing = fc.record({
  cmd: fc.constant('publish' as const),
  topic: fc.constantFrom('kaidong/v1/e/s/a/l/m', 'x', '设备/温度', 'a/b/c'),
  payload: fc.string({ maxLength: 300 }),
  qos: fc.constantFrom(0 as const, 1 as const),
  dup: fc.boolean(),
  retain: fc.boolean(),
  messageId: fc.integer({ min: 1, max: 65_535 }),
  properties: fc.option(fc.record({ messageExpiryInterval: fc.nat(1000), contentType: fc.string() }), {
    nil: undefined,
  }),
});
const others: readonly Packet[] = [
  { cmd: 'pingresp' },
  { cmd: 'suback', messageId: 7, granted: [1] },
  { cmd: 'publish', topic: 'q', payload: 'two', qos: 2, dup: false, retain: false, messageId: 9 },
];

test('however the bytes are cut, every PUBLISH is taken once, in order, and all else passed on', () => {
  const packets = fc.array(fc.oneof({ weight: 4, arbitrary: publishing }, fc.constantFrom(...others)), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(packets, fc.boolean(), fc.array(fc.integer({ min: 1, max: 400 })), (given, mqtt5, cuts) => {
      const { give, taken, others: passed, errors } = tapped({ mqtt5 });
      const protocolVersion = mqtt5 ? 5 : 4;
      const bytesOf = (packet: unknown) => mqttPacket.generate(packet as Packet, { protocolVersion });
      const bytes = Buffer.concat(given.map((packet) => bytesOf(packet)));
      let at = 0;
      for (const cut of [...cuts, Number.POSITIVE_INFINITY]) {
        give(bytes.subarray(at, at + cut));
        at += cut;
      }
      const isOurs = (packet: { cmd: string; qos?: number }) => packet.cmd === 'publish' && packet.qos !== 2;
      expect(errors).toEqual([]);
      expect(taken).toEqual(
        given.filter(isOurs).map((packet) => {
          const { topic, payload, qos, dup, retain, messageId } = packet as never as Record<string, never>;
          return { topic, payload, packetId: qos === 0 ? null : messageId, dup, retain };
        }),
      );
      const rest = given.filter((packet) => !isOurs(packet)).map((packet) => bytesOf(packet));
      expect(Buffer.concat(passed)).toEqual(Buffer.concat(rest));
    }),
  );
});

test('a message of ten megabytes that comes in small pieces is put together', () => {
  const { give, taken } = tapped();
  const payload = 'x'.repeat(10_000_000);
  const bytes = mqttPacket.generate(
    { cmd: 'publish', topic: 't', payload, qos: 1, dup: false, retain: false, messageId: 1 },
    { protocolVersion: 5 },
  );
  for (let at = 0; at < bytes.length; at += 16_384) give(bytes.subarray(at, at + 16_384));
  expect(taken[0]?.payload).toHaveLength(payload.length);
});

test('after "no" nothing is taken, and the stream stands still, until it is told to go on', () => {
  const { give, taken, tap, stream, limits } = tapped({ mostTaken: 2 });
  const bytes = (messageId: number) =>
    mqttPacket.generate(
      { cmd: 'publish', topic: 't', payload: `${messageId}`, qos: 1, dup: false, retain: false, messageId },
      { protocolVersion: 5 },
    );
  give(Buffer.concat([1, 2, 3, 4].map(bytes)));
  give(bytes(5).subarray(0, 3));
  expect(taken.map(({ packetId }) => packetId)).toEqual([1, 2]);
  expect(stream.isPaused()).toBe(true);
  limits.mostTaken = 4;
  tap.resume();
  expect(taken.map(({ packetId }) => packetId)).toEqual([1, 2, 3, 4]);
  expect(stream.isPaused()).toBe(true);
  limits.mostTaken = 9;
  tap.resume();
  expect(stream.isPaused()).toBe(false);
  give(bytes(5).subarray(3));
  expect(taken.at(-1)?.packetId).toBe(5);
});

test.each([
  ['a length of five bytes', [0x32, 0xff, 0xff, 0xff, 0xff, 0x01], /malformed length/],
  ['a topic longer than the packet', [0x32, 4, 0, 9, 0x61, 0x61], /without a whole topic/],
  ['a topic alias instead of a topic', [0x32, 8, 0, 0, 0, 1, 3, 0x23, 0, 1], /without a whole topic/],
  ['no packet id', [0x32, 3, 0, 1, 0x61], /ends too early/],
  ['the packet id 0', [0x32, 6, 0, 1, 0x61, 0, 0, 0], /ends too early/],
  ['properties beyond the end', [0x32, 6, 0, 1, 0x61, 0, 1, 9], /ends too early/],
  ['an empty packet', [0x32, 0], /without a whole topic/],
])('%s ends the connection, with a reason', (_, bytes, reason) => {
  const { give, taken, errors } = tapped();
  give(Uint8Array.from(bytes));
  give(Uint8Array.from([0x32, 6, 0, 1, 0x61, 0, 1, 0]));
  expect(errors).toEqual([expect.stringMatching(reason)]);
  expect(taken).toEqual([]);
});
