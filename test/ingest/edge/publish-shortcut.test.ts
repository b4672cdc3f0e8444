import type { Client } from 'aedes';
import fc from 'fast-check';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { expect, test } from 'vitest';
import { publishShortcut } from '../../../ingest/edge/publish-shortcut.ts';
import { createPublishers } from '../../../ingest/edge/publishers.ts';
import { topicReader } from '../../../ingest/edge/topic-reader.ts';
import { HandIntake } from './intake.ts';

interface Options {
  /** Whether somebody is subscribed. */
  readonly heard?: boolean;
  /** Packets that the library has in hand from the beginning. */
  readonly inHand?: number;
}

/** A connection whose library says in order what it was given; what came past it, the intake says. */
function connection({ heard = false, inHand = 0 }: Options = {}) {
  const intake = new HandIntake({ automatic: true });
  const publishers = createPublishers({ intake, now: () => 1000, mayForward: () => heard });
  const all: string[] = [];
  const library: string[] = [];
  const parser = mqttPacket.parser();
  parser.on('error', () => library.push('error'));
  const client = {
    ...{ id: 'p', connected: true, closed: false, _parsingBatch: inHand, paused: false },
    conn: { write: () => true },
    pause() {
      client.paused = true;
    },
    resume() {
      client.paused = false;
    },
  };
  const said = ({ topic, payload, qos, messageId, dup }: Record<string, unknown>) =>
    `${topic} ${payload} ${qos} ${messageId ?? 0} ${dup}`;
  parser.on('packet', (packet: Packet) => {
    const text = packet.cmd === 'publish' ? said({ ...packet }) : packet.cmd;
    library.push(text);
    all.push(text);
  });
  const accept = intake.accept.bind(intake);
  intake.accept = (message, durable) => {
    const { delivery, topic } = message;
    const qos = delivery ? 1 : 0;
    const payload = Buffer.from(message.payload);
    all.push(said({ topic, payload, qos, messageId: delivery?.packetId, dup: delivery?.dup ?? false }));
    accept(message, durable);
  };
  const parse = publishShortcut({
    client: client as unknown as Client,
    parse: (bytes) => parser.parse(bytes),
    midPacket: () => (parser as unknown as { _stateCounter: number })._stateCounter !== 0,
    mayForward: () => heard,
    publishers,
    topicOf: topicReader(),
  });
  return { parse, all, library, intake, client, said };
}

const publish = fc.record({
  cmd: fc.constant('publish' as const),
  topic: fc.constantFrom(
    'a',
    'kaidong/v1/a/b/c/d/e',
    '温度/一',
    '$x',
    'a'.repeat(200),
    `a${'/a'.repeat(120)}`,
  ),
  payload: fc.constantFrom('', '{"count":1}', 'x'.repeat(300)),
  qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
  retain: fc.constantFrom(false, false, false, true),
  dup: fc.boolean(),
  messageId: fc.integer({ min: 1, max: 65_535 }),
});
/** An id whose first byte reads as the beginning of a PUBLISH is as good as any other. */
const messageId = fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 0x32_00, max: 0x32_ff }));
const subscribe = messageId.map((id) => ({
  ...{
    cmd: 'subscribe' as const,
    messageId: id,
    subscriptions: [{ topic: 'kaidong/v1/#', qos: 1 as const }],
  },
}));
const unsubscribe = messageId.map((id) => ({
  ...{ cmd: 'unsubscribe' as const, messageId: id, unsubscriptions: ['kaidong/v1/#'] },
}));
const packets: fc.Arbitrary<Packet[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: publish },
    ...[fc.constant({ cmd: 'pingreq' as const }), subscribe, unsubscribe],
  ),
  { maxLength: 30 },
);

/** A QoS 0 message that came before says nothing of it [MQTT-3.3.1-2]. */
const legal = (packet: Packet): Packet =>
  packet.cmd === 'publish' && packet.qos === 0 ? { ...packet, dup: false } : packet;

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] as number;
    chunks.push(Buffer.from(bytes.subarray(at, at + size)));
    at += size;
  }
  return chunks;
}

test('however the bytes are cut, every packet goes one way or the other, once and in order', () => {
  fc.assert(
    fc.property(
      packets,
      fc.array(
        fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 700 }), fc.constant(65_536)),
        { minLength: 1, maxLength: 9 },
      ),
      (sent, sizes) => {
        const { parse, all, library, said } = connection();
        const bytes = Buffer.concat(sent.map((packet) => mqttPacket.generate(legal(packet))));
        let pending = 0;
        for (const chunk of cut(bytes, sizes)) pending = parse(chunk);
        expect(pending).toBe(0);
        expect(all).toEqual(
          sent
            .map(legal)
            .map((packet) =>
              packet.cmd === 'publish'
                ? said({ ...packet, messageId: packet.qos === 0 ? 0 : packet.messageId })
                : packet.cmd,
            ),
        );
        const plain = sent.filter(
          (packet) =>
            packet.cmd === 'publish' &&
            packet.qos < 2 &&
            !packet.retain &&
            /^[^$]/.test(packet.topic) &&
            packet.topic.length !== 241,
        );
        // With a packet that came in part the library gets what came with its rest, too.
        const others = sent.length - plain.length;
        if ((sizes[0] as number) >= bytes.length) expect(library).toHaveLength(others);
        expect(library.length).toBeGreaterThanOrEqual(others);
      },
    ),
    { numRuns: 300 },
  );
});

test('a subscription whose first byte and length come alone is one, even if its id begins like a PUBLISH', () => {
  const { parse, library, intake } = connection();
  const subscriptions = [{ topic: 't', qos: 1 as const }];
  const bytes = mqttPacket.generate({ cmd: 'subscribe', messageId: 0x32ff, subscriptions });
  for (const piece of [bytes.subarray(0, 1), bytes.subarray(1, 2), bytes.subarray(2)]) parse(piece);
  expect(library).toEqual(['subscribe']);
  expect(intake.accepted).toEqual([]);
});

test.each<[string, Options]>([
  ['somebody is subscribed', { heard: true }],
  ['the library has a packet of the connection in hand', { inHand: 1 }],
])('all goes to the library where %s', (_, options) => {
  const { parse, library, intake } = connection(options);
  parse(
    mqttPacket.generate({
      cmd: 'publish',
      topic: 't',
      payload: 'x',
      qos: 1,
      messageId: 1,
      dup: false,
      retain: false,
    }),
  );
  expect(library).toEqual(['t x 1 1 false']);
  expect(intake.accepted).toEqual([]);
});

test.each([
  ['no topic', [0x30, 2, 0, 0]],
  ['packet id 0', [0x32, 5, 0, 1, 0x74, 0, 0]],
  ['a topic longer than the packet', [0x30, 3, 0, 9, 0x74]],
  ['a wildcard in the topic', [0x30, 3, 0, 1, 0x23]],
  ['a malformed length', [0x30, 0xff, 0xff, 0xff, 0xff]],
])('%s is left to the library, which knows what to answer', (_, bytes) => {
  const { parse, library, intake } = connection();
  parse(Buffer.from(bytes));
  expect(library).toHaveLength(1);
  expect(intake.accepted).toEqual([]);
});

test('a connection that has sent more than may be held is not read until there is room', () => {
  const { parse, intake, client } = connection();
  intake.automatic = false;
  const many = Array.from({ length: 600 }, (_, index) =>
    mqttPacket.generate({
      cmd: 'publish',
      topic: 't',
      payload: 'x',
      qos: 1,
      messageId: index + 1,
      dup: false,
      retain: false,
    }),
  );
  parse(Buffer.concat(many));
  expect(intake.accepted).toHaveLength(600);
  expect(client.paused).toBe(true);
});
