import { setTimeout as delay } from 'node:timers/promises';
import mqtt from 'mqtt';
import type { IConnectPacket, IPublishPacket, ISubscribePacket, Packet } from 'mqtt-packet';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newFolder, type Service, startService, until } from '../contracts/kaidong.ts';
import { startPacketSpy } from '../ingest/sparkplug/packet-spy.ts';
import { encodePayload, PAYLOAD } from '../ingest/sparkplug/proto.ts';
import { mosquittoAvailable, startMosquitto } from './mosquitto.ts';

/** The host id that the kit is given, and the platform by its configuration. */
const HOST = 'kit-host';
const STATE = `spBv1.0/STATE/${HOST}`;
/** Half of it must be longer than a busy host pauses. */
const REORDER_SECONDS = 4;
const REORDER_MS = REORDER_SECONDS * 1000;

interface State {
  readonly online: boolean;
  readonly timestamp: number;
}

const stateOf = (payload: string | Buffer): State => JSON.parse(String(payload));

/** A broker behind a spy, which writes down what the host sends. */
async function watchedBroker() {
  const mosquitto = await startMosquitto();
  onTestFinished(() => mosquitto[Symbol.asyncDispose]());
  const spy = await startPacketSpy(mosquitto.port);
  onTestFinished(() => spy[Symbol.asyncDispose]());
  const client = await mqtt.connectAsync(mosquitto.url);
  onTestFinished(() => client.endAsync(true));
  return { mosquitto, spy, client, url: `mqtt://127.0.0.1:${spy.port}` };
}

type WatchedBroker = Awaited<ReturnType<typeof watchedBroker>>;

/** What an operator of the kit starts: an ingest of nothing but Sparkplug, by its configuration alone. */
async function startHost(brokers: readonly WatchedBroker[]): Promise<Service> {
  const folder = newFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const [first] = brokers;
  const service = await startService({
    cwd: folder.path,
    role: 'ingest',
    environment: {
      KAIDONG__MQTT__URL: first!.url,
      KAIDONG__SPARKPLUG__HOST_ID: HOST,
      KAIDONG__SPARKPLUG__REORDER_TIMEOUT_SECONDS: String(REORDER_SECONDS),
      KAIDONG__SPARKPLUG__REBIRTH_INTERVAL_SECONDS: '1',
      ...(brokers.length > 1
        ? { KAIDONG__SPARKPLUG__BROKERS: JSON.stringify(brokers.map(({ url }) => ({ url }))) }
        : {}),
    },
  });
  onTestFinished(() => service[Symbol.asyncDispose]());
  return service;
}

/** Of the connections of the host, what each sent: a will for its own STATE tells it from the other one. */
function sessionsOf({ spy }: WatchedBroker): { readonly connect: IConnectPacket; readonly begin: number }[] {
  return spy.sent.flatMap((packet, begin) =>
    packet.cmd === 'connect' && packet.will?.topic === STATE ? [{ connect: packet, begin }] : [],
  );
}

const publishes = (packets: readonly Packet[], topic: string): IPublishPacket[] =>
  packets.filter((packet): packet is IPublishPacket => packet.cmd === 'publish' && packet.topic === topic);

/** The session of that number, once the host has said in it that it is there. */
async function sessionOf(broker: WatchedBroker, number: number) {
  const { connect, begin } = await until(
    async () => sessionsOf(broker)[number],
    (session) => session !== undefined && publishes(broker.spy.sent.slice(session.begin), STATE).length > 0,
  ).then((session) => session!);
  const [birth] = publishes(broker.spy.sent.slice(begin), STATE);
  return { connect, begin, birth: birth!, will: stateOf(connect.will!.payload as Buffer) };
}

/** An edge node as the kit plays it: every message with the sequence number that the kit wants. */
function kitNode({ mosquitto, spy }: WatchedBroker, group: string, node: string) {
  const topic = (verb: string): string => `spBv1.0/${group}/${verb}/${node}`;
  let client: mqtt.MqttClient | undefined;
  let bdSeq = -1;
  const number = () => ({ name: 'bdSeq', datatype: 4, timestamp: Date.now(), long_value: bdSeq });
  const say = (verb: string, payload: object): Promise<unknown> =>
    client!.publishAsync(topic(verb), encodePayload({ timestamp: Date.now(), ...payload }), { qos: 0 });
  return {
    async online(): Promise<void> {
      bdSeq++;
      client = await mqtt.connectAsync(mosquitto.url, {
        clean: true,
        reconnectPeriod: 0,
        will: {
          topic: topic('NDEATH'),
          payload: encodePayload({ metrics: [number()] }),
          qos: 1,
          retain: false,
        },
      });
      const rebirth = { name: 'Node Control/Rebirth', datatype: 11, boolean_value: false };
      const metric = { name: 'TCK_metric/Int32', datatype: 3, int_value: 0 };
      const dated = [rebirth, metric].map((one) => ({ ...one, timestamp: Date.now() }));
      await say('NBIRTH', { seq: 0, metrics: [number(), ...dated] });
    },
    data: (seq: number): Promise<unknown> =>
      say('NDATA', {
        seq,
        metrics: [{ name: 'TCK_metric/Int32', datatype: 3, timestamp: Date.now(), int_value: seq }],
      }),
    async offline(): Promise<void> {
      await say('NDEATH', { metrics: [number()] });
      await client!.endAsync();
    },
    /** The rebirth requests that the host sent. */
    asked: (): IPublishPacket[] => publishes(spy.sent, topic('NCMD')),
    close: () => client?.endAsync(true),
  };
}

describe.skipIf(!mosquittoAvailable())("a host application before the standard's conformance kit", () => {
  test('its session is established in the order that the kit wants, and told offline by another it is born again', async () => {
    const broker = await watchedBroker();
    await startHost([broker]);
    const { connect, begin, birth, will } = await sessionOf(broker, 0);
    expect(connect).toMatchObject({ clean: true, will: { topic: STATE, qos: 1, retain: true } });
    expect(connect.properties?.sessionExpiryInterval ?? 0).toBe(0);
    expect(will).toEqual({ online: false, timestamp: expect.any(Number) });
    const own = broker.spy.sent.slice(begin);
    const filters = own
      .slice(0, own.indexOf(birth))
      .filter((packet): packet is ISubscribePacket => packet.cmd === 'subscribe')
      .flatMap(({ subscriptions }) => subscriptions.map(({ topic, qos }) => [topic, qos]));
    expect(filters).toEqual(
      expect.arrayContaining([
        [STATE, 1],
        ['spBv1.0/#', 1],
      ]),
    );
    expect(birth).toMatchObject({ qos: 1, retain: true });
    expect(stateOf(birth.payload)).toEqual({ online: true, timestamp: will.timestamp });

    const offline = JSON.stringify({ online: false, timestamp: will.timestamp + 1 });
    await broker.client.publishAsync(STATE, offline, { qos: 1, retain: true });
    const [, again] = await until(
      async () => publishes(broker.spy.sent, STATE),
      (births) => births.length >= 2,
    );
    expect(again).toMatchObject({ qos: 1, retain: true });
    expect(stateOf(again!.payload)).toEqual({ online: true, timestamp: will.timestamp });
  });

  test('its session ends with a retained STATE that it is offline, and a DISCONNECT behind it', async () => {
    const broker = await watchedBroker();
    const host = await startHost([broker]);
    const { will } = await sessionOf(broker, 0);
    expect((await host.stop()).code).toBe(0);
    const deaths = publishes(broker.spy.sent, STATE).filter(({ payload }) => !stateOf(payload).online);
    expect(deaths).toMatchObject([{ qos: 1, retain: true }]);
    expect(stateOf(deaths[0]!.payload).timestamp).toBeGreaterThanOrEqual(will.timestamp);
    const behind = broker.spy.sent.slice(broker.spy.sent.indexOf(deaths[0]!) + 1);
    expect(behind.map(({ cmd }) => cmd)).toContain('disconnect');
    // What the broker keeps of it is what it said itself, and not its will.
    const kept = await new Promise<State>((resolve) => {
      broker.client.on('message', (_topic, payload) => resolve(stateOf(payload)));
      void broker.client.subscribeAsync(STATE, { qos: 1 });
    });
    expect(kept).toEqual(stateOf(deaths[0]!.payload));
  });

  test('a message that stays missing is asked for, and one that comes within its time is not', async () => {
    const broker = await watchedBroker();
    await startHost([broker]);
    await sessionOf(broker, 0);
    const node = kitNode(broker, 'G1', 'N1');
    onTestFinished(() => node.close());

    await node.online();
    for (const seq of [1, 2, 3]) await node.data(seq);
    const gapAt = Date.now();
    await node.data(5);
    await until(
      async () => node.asked().length,
      (count) => count > 0,
    );
    expect(Date.now() - gapAt).toBeGreaterThan(REORDER_MS - 100);
    const [request] = node.asked();
    expect(request).toMatchObject({ qos: 0, retain: false });
    const command = PAYLOAD.toObject(PAYLOAD.decode(request!.payload as Buffer), { longs: Number });
    expect(command).toEqual({
      timestamp: expect.any(Number),
      metrics: [expect.objectContaining({ name: 'Node Control/Rebirth', datatype: 11, boolean_value: true })],
    });
    await node.offline();

    await node.online();
    const askedBefore = node.asked().length;
    for (const seq of [1, 2, 3]) await node.data(seq);
    await node.data(5);
    await delay(REORDER_MS / 2);
    await node.data(4);
    // The kit waits this long for a request that must not come.
    await delay(2 * REORDER_MS);
    expect(node.asked().length).toBe(askedBefore);
  });

  test('of two brokers one hangs up: its will stands there, and the host comes back with another birth', async () => {
    const brokers = [await watchedBroker(), await watchedBroker()];
    await startHost(brokers);
    const before = await Promise.all(brokers.map((broker) => sessionOf(broker, 0)));
    for (const { birth, will } of before) {
      expect(stateOf(birth.payload)).toEqual({ online: true, timestamp: will.timestamp });
    }
    const [first, second] = brokers as [WatchedBroker, WatchedBroker];
    const heard: State[] = [];
    first.client.on('message', (_topic, payload) => void heard.push(stateOf(payload)));
    await first.client.subscribeAsync(STATE, { qos: 1 });
    first.spy.cut();
    const { birth, will } = await sessionOf(first, 1);
    expect(will.timestamp).toBeGreaterThanOrEqual(before[0]!.will.timestamp);
    expect(stateOf(birth.payload)).toEqual({ online: true, timestamp: will.timestamp });
    await until(
      async () => heard.at(-1),
      (last) => last?.online === true && last.timestamp === will.timestamp,
    );
    expect(heard).toContainEqual({ online: false, timestamp: before[0]!.will.timestamp });
    expect(publishes(second.spy.sent, STATE)).toHaveLength(1);
  });
});
