import type { IConnectPacket, IPublishPacket, ISubscribePacket } from 'mqtt-packet';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectMqtt } from '../../../ingest/edge/mqtt-client.ts';
import { createSparkplugHost } from '../../../ingest/sparkplug/host.ts';
import { brokerForTest } from '../edge/broker-for-test.ts';
import { HandIntake } from '../edge/intake.ts';
import { startPacketSpy } from './packet-spy.ts';
import { encodePayload, PAYLOAD } from './proto.ts';
import { HOST_ID, stage } from './stage.ts';

const STATE = `spBv1.0/STATE/${HOST_ID}`;
const stateOf = (payload: string | Buffer) => JSON.parse(String(payload));

/** A host at a broker of MQTT 3.1.1, with what it sends written down. */
async function hostAtBroker({ groups = [] as readonly string[] } = {}) {
  const { broker } = await brokerForTest({ intake: new HandIntake({ automatic: true }) });
  const spy = await startPacketSpy(broker.port);
  onTestFinished(() => spy[Symbol.asyncDispose]());
  const log = (): void => {};
  const host = createSparkplugHost({
    ...{ hostId: HOST_ID, groups, intake: new HandIntake({ automatic: true }) },
    ...{ reorderTimeoutMs: 1000, rebirthIntervalMs: 1000, now: Date.now, log },
  });
  const seat = host.join();
  const client = connectMqtt({
    url: `mqtt://127.0.0.1:${spy.port}`,
    clientId: 'kaidong-sparkplug',
    topics: host.topics,
    fresh: seat.session,
    intake: seat.intake,
    log,
    now: Date.now,
  });
  seat.publishBy(client.publish);
  onTestFinished(() => client.close());
  return { broker, spy, host, client };
}

/** The packets of the session that was agreed upon; the one before it was of MQTT 5, which the broker refuses. */
async function sessionOf({ spy }: Awaited<ReturnType<typeof hostAtBroker>>) {
  const [birth] = await spy.until('publish', 1);
  const connects = await spy.until('connect', 2);
  return { birth: birth as IPublishPacket, will: connects.at(-1) as IConnectPacket, connects };
}

describe('a host application at a broker', () => {
  // tck-id-message-flow-phid-sparkplug-clean-session-311 tck-id-message-flow-phid-sparkplug-clean-session-50
  // tck-id-host-topic-phid-death-required tck-id-host-topic-phid-death-topic tck-id-host-topic-phid-death-qos
  // tck-id-host-topic-phid-death-retain tck-id-host-topic-phid-death-payload tck-id-host-topic-phid-death-payload-connect
  // tck-id-operational-behavior-host-application-connect-will
  // tck-id-operational-behavior-host-application-connect-will-topic
  // tck-id-operational-behavior-host-application-connect-will-payload
  // tck-id-operational-behavior-host-application-connect-will-qos
  // tck-id-operational-behavior-host-application-connect-will-retained
  // tck-id-payloads-state-will-message tck-id-payloads-state-will-message-qos tck-id-payloads-state-will-message-retain
  // tck-id-payloads-state-will-message-payload
  test('connects with a clean session and its death as the will, in both versions of MQTT', async () => {
    const began = Date.now();
    const session = await hostAtBroker();
    const { connects } = await sessionOf(session);
    expect(connects.map(({ protocolVersion }) => protocolVersion)).toEqual([5, 4]);
    expect(connects[0]?.properties?.sessionExpiryInterval).toBe(0);
    for (const { clean, will } of connects) {
      expect(clean).toBe(true);
      expect(will).toMatchObject({ topic: STATE, qos: 1, retain: true });
      const { online, timestamp } = stateOf(will!.payload as Buffer);
      expect(online).toBe(false);
      expect(timestamp).toBeGreaterThanOrEqual(began);
      expect(timestamp).toBeLessThanOrEqual(Date.now());
    }
  });

  // tck-id-host-topic-phid-birth-sub-required tck-id-message-flow-phid-sparkplug-subscription tck-id-payloads-state-subscribe
  // tck-id-host-topic-phid-birth-message tck-id-principles-birth-certificates-order tck-id-host-topic-phid-birth-required
  // tck-id-message-flow-phid-sparkplug-state-publish tck-id-operational-behavior-host-application-connect-birth
  // tck-id-operational-behavior-primary-application-state-with-multiple-servers-state
  test('subscribes to its STATE and the namespace, and then says that it is there', async () => {
    const session = await hostAtBroker();
    await sessionOf(session);
    const since = session.spy.sent.findLastIndex(({ cmd }) => cmd === 'connect');
    const [connect, subscribe, publish] = session.spy.sent.slice(since);
    expect([connect?.cmd, subscribe?.cmd, publish?.cmd]).toEqual(['connect', 'subscribe', 'publish']);
    expect((subscribe as ISubscribePacket).subscriptions.map(({ topic, qos }) => [topic, qos])).toEqual([
      [STATE, 1],
      ['spBv1.0/#', 1],
    ]);
  });

  test('serves only its groups where some are named', async () => {
    const session = await hostAtBroker({ groups: ['north', 'south'] });
    const [subscribe] = await session.spy.until('subscribe', 1);
    expect(subscribe?.subscriptions.map(({ topic }) => topic)).toEqual([
      STATE,
      'spBv1.0/north/#',
      'spBv1.0/south/#',
    ]);
  });

  // tck-id-host-topic-phid-birth-topic tck-id-host-topic-phid-birth-qos tck-id-host-topic-phid-birth-retain
  // tck-id-host-topic-phid-birth-payload tck-id-host-topic-phid-birth-payload-timestamp
  // tck-id-message-flow-phid-sparkplug-state-publish-payload
  // tck-id-message-flow-phid-sparkplug-state-publish-payload-timestamp
  // tck-id-operational-behavior-host-application-connect-birth-topic
  // tck-id-operational-behavior-host-application-connect-birth-payload
  // tck-id-operational-behavior-host-application-connect-birth-qos
  // tck-id-operational-behavior-host-application-connect-birth-retained
  // tck-id-payloads-state-birth tck-id-payloads-state-birth-payload tck-id-components-ph-state
  // tck-id-intro-sparkplug-host-state tck-id-conformance-primary-host
  test('its birth is retained, at QoS 1, and bears the time of the will', async () => {
    const { birth, will } = await sessionOf(await hostAtBroker());
    expect(birth).toMatchObject({ topic: STATE, qos: 1, retain: true });
    const { timestamp } = stateOf(will.will!.payload as Buffer);
    expect(stateOf(birth.payload)).toEqual({ online: true, timestamp });
  });

  test('after a broken connection it has a new will, and a birth with the time of that', async () => {
    const session = await hostAtBroker();
    const { birth } = await sessionOf(session);
    const first = stateOf(birth.payload).timestamp;
    while (Date.now() === first) await new Promise((resolve) => setImmediate(resolve));
    session.spy.cut();
    const births = await session.spy.until('publish', 2);
    const { will } = (await session.spy.until('connect', 3)).at(-1) as IConnectPacket;
    const { timestamp } = stateOf(will!.payload as Buffer);
    expect(timestamp).toBeGreaterThan(first);
    expect(stateOf(births[1]!.payload)).toEqual({ online: true, timestamp });
  });

  // tck-id-operational-behavior-host-application-termination tck-id-operational-behavior-host-application-death-topic
  // tck-id-operational-behavior-host-application-death-payload tck-id-operational-behavior-host-application-death-qos
  // tck-id-operational-behavior-host-application-death-retained
  // tck-id-operational-behavior-host-application-disconnect-intentional
  // tck-id-host-topic-phid-death-payload-disconnect-clean
  // tck-id-host-topic-phid-death-payload-disconnect-with-no-disconnect-packet
  test('before it disconnects on purpose it says that it goes', async () => {
    const session = await hostAtBroker();
    const { birth } = await sessionOf(session);
    await session.client.close();
    const [last, end] = session.spy.sent.slice(-2);
    expect([last?.cmd, end?.cmd]).toEqual(['publish', 'disconnect']);
    expect(last).toMatchObject({ topic: STATE, qos: 1, retain: true });
    const death = stateOf((last as IPublishPacket).payload);
    expect(death.online).toBe(false);
    expect(death.timestamp).toBeGreaterThanOrEqual(stateOf(birth.payload).timestamp);
  });
});

describe('what a host says', () => {
  // tck-id-message-flow-hid-sparkplug-state-message-delivered
  test('told that it is offline, it says at once that it is not, with the same time', async () => {
    const { seat, hear, published, parts } = await stage();
    seat.session.will();
    seat.session.connected();
    seat.session.opened();
    const own = published.map(({ payload }) => stateOf(payload));
    parts.clock.now += 60_000;
    await hear(STATE, Buffer.from(JSON.stringify({ online: false, timestamp: parts.clock.now })));
    expect(published.map(({ payload }) => stateOf(payload))).toEqual([...own, ...own]);
    expect(published[1]).toMatchObject({ topic: STATE, qos: 1, retain: true });
  });

  test.each([
    ['that it is offline', '{"online":false,"timestamp":1}', 'offline'],
    ['the word of Sparkplug 2.2', 'OFFLINE', 'offline'],
    ['nothing, which takes what the broker kept', '', 'emptied'],
    ['nonsense', '{"online":', 'overwritten'],
    ['another JSON', 'null', 'overwritten'],
    ['a STATE without a word on it', '{"timestamp":1}', 'overwritten'],
  ])('told of itself %s, it says again that it is there', async (_what, text, what) => {
    const { seat, hear, published, parts } = await stage();
    seat.session.will();
    seat.session.connected();
    seat.session.opened();
    await hear(STATE, Buffer.from(text));
    const [birth, again, ...more] = published;
    expect([birth?.payload.toString(), more]).toEqual([again?.payload.toString(), []]);
    expect(again).toMatchObject({ topic: STATE, qos: 1, retain: true });
    expect(parts.events).toContainEqual({
      event: 'sparkplug-told-offline',
      fields: { hostId: HOST_ID, what, contradictions: 1 },
    });
    expect(seat.stateTrouble()).toMatchObject({ contradictedAt: parts.clock.now, contradictions: 1 });
  });

  test('whoever contradicts it without end is answered once a second, and told of once a minute', async () => {
    const { seat, hear, published, parts, hand } = await stage();
    seat.session.will();
    seat.session.connected();
    seat.session.opened();
    const contradict = async (times: number): Promise<void> => {
      for (let nth = 0; nth < times; nth++) await hear(STATE, Buffer.alloc(0));
    };
    await contradict(100);
    expect(published).toHaveLength(1 + 5);
    hand.pass(1000);
    // What came last is answered, too.
    expect(published).toHaveLength(1 + 5 + 1);
    await contradict(100);
    hand.pass(1000);
    expect(published.length).toBeLessThanOrEqual(1 + 5 + 1 + 2);
    expect(parts.events.filter(({ event }) => event === 'sparkplug-told-offline')).toHaveLength(1);
    hand.pass(60_000);
    const before = published.length;
    await contradict(1);
    expect(published).toHaveLength(before + 1);
    expect(parts.events.filter(({ event }) => event === 'sparkplug-told-offline')).toHaveLength(2);
  });

  test('what it would say in a second it does not say on another connection', async () => {
    const { seat, hear, published, hand } = await stage();
    seat.session.will();
    seat.session.connected();
    seat.session.opened();
    for (let nth = 0; nth < 10; nth++) await hear(STATE, Buffer.alloc(0));
    const before = published.length;
    seat.session.closed();
    hand.pass(5000);
    expect(published).toHaveLength(before);
  });

  // tck-id-operational-behavior-host-application-host-id
  test('two hosts with one id are seen, and do not answer each other for ever', async () => {
    const one = await stage();
    const other = await stage();
    other.parts.clock.now += 5;
    for (const { seat } of [one, other]) {
      seat.session.will();
      seat.session.connected();
      seat.session.opened();
    }
    // Each hears what both say.
    const heard = { one: 0, other: 0 };
    const exchange = async (): Promise<number> => {
      const said = [...one.published.slice(heard.one), ...other.published.slice(heard.other)];
      heard.one = one.published.length;
      heard.other = other.published.length;
      for (const { topic, payload } of said) {
        await one.hear(topic, payload);
        await other.hear(topic, payload);
      }
      return said.length;
    };
    expect(await exchange()).toBe(2);
    expect(await exchange()).toBe(0);
    // One goes: the other one is still there, and says so once.
    const farewell = one.seat.session.farewell()!;
    await other.hear(farewell.topic, farewell.payload);
    expect(await exchange()).toBe(1);
    expect(await exchange()).toBe(0);
    for (const { seat, parts } of [one, other]) {
      expect(parts.events.map(({ event }) => event)).toContain('sparkplug-host-id-shared');
      expect(seat.stateTrouble()?.otherHostAt).toBe(parts.clock.now);
    }
  });

  test.each([
    ['that another host is offline', 'spBv1.0/STATE/other', '{"online":false,"timestamp":1}'],
    ['that another host by its id is there', STATE, '{"online":true,"timestamp":1}'],
    ['the same in the words of Sparkplug 2.2', STATE, 'ONLINE'],
  ])('told %s, it says nothing', async (_what, topic, text) => {
    const { seat, hear, published } = await stage();
    seat.session.connected();
    seat.session.opened();
    await hear(topic, Buffer.from(text));
    expect(published).toHaveLength(1);
  });

  test('what a node sent and what never came is told, for an hour', async () => {
    const { seat, hear, hand } = await stage();
    seat.session.connected();
    seat.session.opened();
    const metrics = [{ name: 'bdSeq', datatype: 4, long_value: 0 }];
    void hear('spBv1.0/G/NBIRTH/N', { seq: 0, timestamp: 1, metrics });
    void hear('spBv1.0/G/NDATA/N', { seq: 2, timestamp: 2, metrics: [] });
    expect(seat.gaps()).toBeNull();
    hand.pass(2000);
    expect(seat.gaps()).toMatchObject({ count: 1, nodes: 1, last: { node: 'G/N' } });
    hand.pass(3_600_000);
    expect(seat.gaps()).toBeNull();
  });

  test('of its own death that the broker had kept from the session before, it makes nothing', async () => {
    const { seat, hear, published, parts } = await stage();
    seat.session.connected();
    seat.session.opened();
    await hear(STATE, Buffer.from('{"online":false,"timestamp":1}'), { retain: true });
    expect(published).toHaveLength(1);
    expect(parts.events.map(({ event }) => event)).not.toContain('sparkplug-told-offline');
  });

  test('going, it lets its own death stand', async () => {
    const { seat, hear, published } = await stage();
    seat.session.connected();
    seat.session.opened();
    const farewell = seat.session.farewell();
    expect(stateOf(farewell!.payload)).toMatchObject({ online: false });
    await hear(STATE, farewell!.payload);
    expect(published).toHaveLength(1);
  });

  // tck-id-operational-behavior-host-application-multi-server-timestamp
  // tck-id-operational-behavior-primary-application-state-with-multiple-servers-state-subs
  test('keeps a time for each broker, and is there at each by itself', async () => {
    const { host, seat, published, parts } = await stage();
    const second = host.join();
    const atSecond: string[] = [];
    second.publishBy(async ({ payload }) => void atSecond.push(String(payload)));
    seat.session.will();
    seat.session.opened();
    parts.clock.now += 1000;
    second.session.will();
    second.session.opened();
    expect(stateOf(published[0]!.payload).timestamp).toBe(parts.clock.now - 1000);
    expect(stateOf(atSecond[0] as string).timestamp).toBe(parts.clock.now);
  });

  // tck-id-operational-behavior-host-application-host-id
  test('without an id it has no will and says nothing, and still asks for births', async () => {
    const { seat, host, hear, published, asked } = await stage({ hostId: null });
    expect(host.topics.map(({ filter }) => filter)).toEqual(['spBv1.0/#']);
    expect(seat.session.will()).toBeNull();
    seat.session.connected();
    seat.session.opened();
    void hear('spBv1.0/G/NDATA/N', { seq: 1, metrics: [{ alias: 1, float_value: 1 }] });
    await expect.poll(asked).toEqual(['G/N']);
    expect(published).toHaveLength(1);
  });

  // tck-id-topics-ncmd-topic tck-id-topics-ncmd-mqtt tck-id-topics-ncmd-timestamp tck-id-topics-ncmd-payload
  // tck-id-payloads-ncmd-timestamp tck-id-payloads-ncmd-seq tck-id-payloads-ncmd-qos tck-id-payloads-ncmd-retain
  // tck-id-payloads-timestamp-in-UTC tck-id-payloads-metric-timestamp-in-UTC tck-id-payloads-name-cmd-requirement
  // tck-id-operational-behavior-data-commands-ncmd-rebirth-verb
  // tck-id-operational-behavior-data-commands-ncmd-rebirth-name
  // tck-id-operational-behavior-data-commands-ncmd-rebirth-value
  // tck-id-operational-behavior-data-commands-ncmd-verb tck-id-operational-behavior-data-commands-ncmd-metric-name
  // tck-id-operational-behavior-data-commands-ncmd-metric-value
  test('a rebirth is asked for by name, at QoS 0, not retained, without a sequence number', async () => {
    const { host, seat, published, decoded, parts } = await stage();
    seat.session.opened();
    host.unreadable('G', 'N', 'no-birth');
    const command = published.at(-1)!;
    expect(command).toMatchObject({ topic: 'spBv1.0/G/NCMD/N', qos: 0, retain: false });
    expect(decoded(command)).toEqual({
      timestamp: parts.clock.now,
      metrics: [
        {
          name: 'Node Control/Rebirth',
          timestamp: parts.clock.now,
          datatype: 11,
          boolean_value: true,
        },
      ],
    });
    expect(PAYLOAD.verify(PAYLOAD.decode(command.payload))).toBeNull();
  });

  test('a person may ask for births, a node once in the interval however long it has not answered', async () => {
    const { host, seat, asked, parts, hand } = await stage();
    expect(host.demanded('G', 'N', '王工')).toEqual({ outcome: 'unreachable' });
    seat.session.connected();
    seat.session.opened();
    expect(host.demanded('G', 'N', '王工')).toEqual({ outcome: 'asked' });
    expect(asked()).toEqual(['G/N']);
    expect(parts.events).toContainEqual({
      event: 'sparkplug-rebirth-asked',
      fields: { group: 'G', node: 'N', why: 'operator', unanswered: 1, by: '王工' },
    });
    hand.pass(9999);
    expect(host.demanded('G', 'N', '王工')).toEqual({ outcome: 'too-soon', retryAt: parts.clock.now + 1 });
    hand.pass(1);
    expect(host.demanded('G', 'N', '王工')).toEqual({ outcome: 'asked' });
    // By itself the host would wait for longer now.
    hand.pass(10_000);
    host.unreadable('G', 'N', 'gap');
    expect(asked()).toHaveLength(2);
    expect(host.demanded('G', 'N', '王工')).toEqual({ outcome: 'asked' });
    // Which also fulfils what the host itself wanted.
    hand.pass(20_000);
    expect(asked()).toHaveLength(3);
  });

  test('a person may ask no more nodes in a second than the host itself', async () => {
    const { host, seat, asked } = await stage();
    seat.session.connected();
    seat.session.opened();
    const outcomes = Array.from({ length: 201 }, (_, nth) => host.demanded('G', `N${nth}`, 'me').outcome);
    expect(outcomes.filter((outcome) => outcome === 'asked')).toHaveLength(200);
    expect(outcomes.at(-1)).toBe('too-soon');
    expect(asked()).toHaveLength(200);
  });

  test('where nothing is connected, nobody is asked', async () => {
    const { host, published } = await stage();
    host.unreadable('G', 'N', 'no-birth');
    expect(published).toEqual([]);
  });

  test('a node is asked where it spoke last', async () => {
    const { host, seat, published } = await stage();
    const second = host.join();
    const atSecond: string[] = [];
    second.publishBy(async ({ topic }) => void atSecond.push(topic));
    for (const one of [seat, second]) {
      one.session.connected();
      one.session.opened();
    }
    const payload = encodePayload({ seq: 0, metrics: [] });
    const message = { topic: 'spBv1.0/G/NBIRTH/N', payload, receivedAt: 0, retain: false, delivery: null };
    second.intake.accept(message, () => {});
    host.unreadable('G', 'N', 'gap');
    expect(atSecond).toContain('spBv1.0/G/NCMD/N');
    expect(published.map(({ topic }) => topic)).not.toContain('spBv1.0/G/NCMD/N');
    expect(host.isReachable('G/N')).toBe(true);
    second.session.closed();
    expect(host.isReachable('G/N')).toBe(false);
  });
});
