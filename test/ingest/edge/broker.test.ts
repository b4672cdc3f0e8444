import { readFileSync } from 'node:fs';
import { connect as connectTls } from 'node:tls';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { loginCheck } from '../../../access/login.ts';
import { loadServerTls } from '../../../access/tls.ts';
import { makeCertificate } from '../../access/certificates.ts';
import { brokerForTest } from './broker-for-test.ts';
import { HandIntake } from './intake.ts';
import { RawClient } from './raw-client.ts';

const idsOf = (packets: readonly object[]) =>
  packets.map((packet) => (packet as { messageId: number }).messageId);

test('no PUBACK before the message is durable; then in the order of the messages', async () => {
  const { broker, intake } = await brokerForTest();
  using client = await RawClient.connected(broker.port, { clientId: 'p' });
  for (const id of [7, 8, 9]) client.publish(id, `m${id}`);
  const accepted = await intake.got(3);
  expect(accepted[0]!.message).toMatchObject({
    topic: 't',
    retain: false,
    delivery: { session: 'p', packetId: 7, dup: false },
  });
  accepted[1]!.durable();
  await client.settled();
  expect(client.packets.filter((packet) => packet.cmd === 'puback')).toEqual([]);
  expect(broker.stats()).toMatchObject({ received: 3, acknowledged: 0, held: 3 });
  accepted[0]!.durable();
  accepted[2]!.durable();
  expect(idsOf(await client.received('puback', 3))).toEqual([7, 8, 9]);
  expect(broker.stats()).toMatchObject({ connections: 1, acknowledged: 3, held: 0 });
});

test('QoS 0 is handed over without delivery, QoS 2 is received only when durable', async () => {
  const { broker, intake } = await brokerForTest();
  using client = await RawClient.connected(broker.port, { clientId: 'p' });
  client.publish(0, 'zero', { qos: 0 });
  client.publish(5, 'two', { qos: 2 });
  const [zero, two] = await intake.got(2);
  expect(zero!.message.delivery).toBeNull();
  expect(two!.message.delivery).toEqual({ session: 'p', packetId: 5, dup: false });
  expect(client.packets.some((packet) => packet.cmd === 'pubrec')).toBe(false);
  two!.durable();
  expect(idsOf(await client.received('pubrec'))).toEqual([5]);
  client.send({ cmd: 'pubrel', messageId: 5 });
  expect(idsOf(await client.received('pubcomp'))).toEqual([5]);
  expect(intake.accepted).toHaveLength(2);
});

test('where ingest stops first, nothing is acknowledged', async () => {
  const { broker, intake } = await brokerForTest();
  using client = await RawClient.connected(broker.port, { clientId: 'p' });
  client.publish(1, 'lost');
  const [one] = await intake.got(1);
  one!.durable(new Error('ingest stops'));
  await client.settled();
  await broker.close();
  await client.closed;
  expect(client.packets.some((packet) => packet.cmd === 'puback')).toBe(false);
});

test('a publisher that comes again with DUP keeps session and packet id; its old connection gets no PUBACK', async () => {
  const { broker, intake } = await brokerForTest();
  const first = await RawClient.connected(broker.port, { clientId: 'p', clean: false });
  first.publish(3, 'again');
  const [before] = await intake.got(1);
  first.socket.destroy();
  await first.closed;
  using second = await RawClient.connected(broker.port, { clientId: 'p', clean: false });
  second.publish(3, 'again', { dup: true });
  const [, after] = await intake.got(2);
  expect(after!.message.delivery).toEqual({ session: 'p', packetId: 3, dup: true });
  before!.durable();
  await second.settled();
  expect(second.packets.some((packet) => packet.cmd === 'puback')).toBe(false);
  after!.durable();
  await second.received('puback');
});

test('a full spool stops the reading before the memory fills; it goes on when there is room', async () => {
  const { broker, intake } = await brokerForTest();
  using client = await RawClient.connected(broker.port, { clientId: 'p' });
  intake.full = true;
  for (let id = 1; id <= 60; id++) client.publish(id, 'few');
  await intake.got(60);
  await client.settled(); // with few in flight, pings are answered
  client.socket.cork();
  for (let id = 61; id <= 80; id++) client.publish(id, 'many');
  client.socket.uncork();
  await intake.got(80);
  client.publish(81, 'too many');
  const other = await RawClient.connected(broker.port, { clientId: 'q' });
  await other.settled();
  other.socket.destroy();
  expect(broker.stats()).toMatchObject({ received: 80, held: 80, acknowledged: 0 });
  intake.full = false;
  for (const { durable } of [...intake.accepted]) durable();
  (await intake.got(81))[80]!.durable();
  expect(idsOf(await client.received('puback', 81))).toEqual(Array.from({ length: 81 }, (_, i) => i + 1));
});

test('a publisher that is not read from, by our own fault, does not count as silent', async () => {
  const { broker, intake } = await brokerForTest();
  using client = await RawClient.connected(broker.port, { clientId: 'p', keepalive: 1 });
  using silent = await RawClient.connected(broker.port, { clientId: 'q', keepalive: 1 });
  intake.full = true;
  client.socket.cork();
  for (let id = 1; id <= 100; id++) client.publish(id, 'waits');
  client.socket.uncork();
  await intake.got(100);
  await silent.closed; // after one and a half keep-alives
  await new Promise((resolve) => setTimeout(resolve, 1000));
  for (const { durable } of intake.accepted) durable();
  await client.received('puback', 100);
  expect(broker.stats().connections).toBe(1);
});

test('subscribers get what publishers send, durable first; retained ones are kept for those who come later', async () => {
  const { broker, intake } = await brokerForTest();
  const subscriber = await mqtt.connectAsync(broker.url, { protocolVersion: 4 });
  onTestFinished(() => subscriber.endAsync(true).then(() => {}));
  const heard: string[] = [];
  const next = () => new Promise<void>((resolve) => subscriber.once('message', () => resolve()));
  subscriber.on('message', (_, payload, packet) =>
    heard.push(`${payload} qos${packet.qos} retain${packet.retain}`),
  );
  await subscriber.subscribeAsync('live/#', { qos: 1 });
  using client = await RawClient.connected(broker.port, { clientId: 'p' });
  client.publish(1, 'one', { topic: 'live/a' });
  client.publish(2, 'kept', { topic: 'later/a', retain: true });
  const accepted = await intake.got(2);
  expect(heard).toEqual([]);
  const first = next();
  for (const { durable, message } of accepted) {
    expect(message.retain).toBe(false);
    durable();
  }
  await Promise.all([first, client.received('puback', 2)]);
  const second = next();
  await subscriber.subscribeAsync('later/#', { qos: 1 });
  await second;
  expect(heard).toEqual(['one qos1 retainfalse', 'kept qos1 retaintrue']);
});

test('messages are kept for a persistent session that is away', async () => {
  const { broker } = await brokerForTest({ intake: new HandIntake({ automatic: true }) });
  const options = { clientId: 's', clean: false, protocolVersion: 4 } as const;
  const away = await mqtt.connectAsync(broker.url, options);
  await away.subscribeAsync('t', { qos: 1 });
  await away.endAsync();
  using client = await RawClient.connected(broker.port, { clientId: 'p' });
  client.publish(1, 'meanwhile');
  await client.received('puback');
  const back = mqtt.connect(broker.url, options);
  onTestFinished(() => back.endAsync(true).then(() => {}));
  const text = await new Promise((resolve) =>
    back.on('message', (_, payload) => resolve(payload.toString())),
  );
  expect(text).toBe('meanwhile');
});

const will = { topic: 't', payload: Buffer.from('gone'), qos: 1, retain: false } as const;

test('the last will of a client that goes without a word is ingested once', async () => {
  const { broker, intake } = await brokerForTest({ intake: new HandIntake({ automatic: true }) });
  const client = await RawClient.connected(broker.port, { clientId: 'p', will });
  client.socket.destroy();
  await intake.got(1);
  const polite = await RawClient.connected(broker.port, { clientId: 'q', will });
  polite.send({ cmd: 'disconnect' });
  await polite.closed;
  using last = await RawClient.connected(broker.port, { clientId: 'r' });
  last.publish(1, 'end');
  await last.received('puback');
  expect(intake.texts).toEqual(['gone', 'end']);
});

test('the end of the broker is no death of its clients: their wills are kept back', async () => {
  const { broker, intake } = await brokerForTest({ intake: new HandIntake({ automatic: true }) });
  using client = await RawClient.connected(broker.port, { clientId: 'p', will });
  await broker.close();
  await client.closed;
  expect(intake.texts).toEqual([]);
});

test('five hundred publishers that come back at once, sending again what was not acknowledged, are all served', async () => {
  const { broker, intake } = await brokerForTest({ intake: new HandIntake({ automatic: true }) });
  const topic = 'kaidong/v1/e/s/a/l/m';
  const clients = await Promise.all(
    Array.from({ length: 500 }, (_, n) =>
      RawClient.connected(broker.port, { clientId: `machine-${n}`, clean: false }),
    ),
  );
  for (const [n, client] of clients.entries()) client.publish(1, `m${n}`, { topic, dup: true });
  await Promise.all(clients.map((client) => client.received('puback')));
  expect(new Set(intake.texts).size).toBe(500);
  expect(broker.stats()).toMatchObject({ connections: 500, acknowledged: 500, held: 0 });
  for (const client of clients) client[Symbol.dispose]();
});

test('a login is asked for; a wrong one is refused with the reason, and logged once', async () => {
  const login = loginCheck({ username: 'edge', password: 'secret', section: 'broker' });
  const { broker, events } = await brokerForTest({ login, intake: new HandIntake({ automatic: true }) });
  const refusal = async (options: object) => {
    using client = await RawClient.connected(broker.port, { clientId: 'p', ...options });
    return client.packets[0];
  };
  for (const options of [
    {},
    { username: 'edge', password: Buffer.from('no') },
    { username: 'x', password: Buffer.from('secret') },
  ]) {
    expect(await refusal(options)).toMatchObject({ cmd: 'connack', returnCode: 4 });
  }
  expect(await refusal({ username: 'edge', password: Buffer.from('secret') })).toMatchObject({
    returnCode: 0,
  });
  expect(broker.stats().refusedLogins).toBe(3);
  expect(events).toEqual(['broker-login-refused']);
});

test('an MQTT 5 client is told that the version is not acceptable', async () => {
  const { broker } = await brokerForTest();
  using client = await RawClient.connected(broker.port, { clientId: 'p' });
  using five = new RawClient(broker.port);
  five.socket.write(Buffer.from([0x10, 14, 0, 4, 0x4d, 0x51, 0x54, 0x54, 5, 2, 0, 0, 0, 0, 1, 0x61]));
  expect(await five.received('connack')).toMatchObject([{ returnCode: 1 }]);
  await client.settled();
});

test('topics under $ and packets without end close the connection; the others go on', async () => {
  const { broker, intake, events } = await brokerForTest({
    intake: new HandIntake({ automatic: true }),
    maxPacketBytes: 100_000,
  });
  const forger = await RawClient.connected(broker.port, { clientId: 'forger' });
  forger.publish(1, 'x', { topic: '$SYS/x' });
  await forger.closed;
  const flood = await RawClient.connected(broker.port, { clientId: 'flood' });
  flood.socket.write(Buffer.concat([Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f]), Buffer.alloc(200_000)]));
  await flood.closed;
  using client = await RawClient.connected(broker.port, { clientId: 'p' });
  client.publish(1, 'fine', { topic: Array(40).fill('l').join('/') });
  await client.received('puback');
  expect(intake.texts).toEqual(['fine']);
  expect(events).toEqual(['broker-packet-too-large']);
});

test('a busy port is refused with the remedy, or the next one taken', async () => {
  const { broker } = await brokerForTest();
  await expect(brokerForTest({ port: broker.port })).rejects.toThrow(/EADDRINUSE.*broker\.port to another/);
  const { broker: next } = await brokerForTest({ port: broker.port, orNextPort: true });
  expect(next.port).toBeGreaterThan(broker.port);
  await expect(brokerForTest({ host: '203.0.113.1' })).rejects.toThrow(
    /broker\.host must be an address of this host/,
  );
});

test('speaks TLS where it has a certificate', async () => {
  using files = makeCertificate();
  const { broker, intake } = await brokerForTest({ tls: loadServerTls(files, 'broker.tls') });
  expect(broker.url).toMatch(/^mqtts:/);
  const client = await mqtt.connectAsync(broker.url, { protocolVersion: 4, ca: readFileSync(files.cert) });
  const published = client.publishAsync('t', 'secret', { qos: 1 });
  (await intake.got(1))[0]!.durable();
  await published;
  await client.endAsync();
  const stranger = connectTls({ port: broker.port, host: '127.0.0.1' });
  await expect(new Promise((_, reject) => stranger.on('error', reject))).rejects.toThrow(
    /self-signed certificate/,
  );
});
