import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import mqttPacket, { type Packet } from 'mqtt-packet';
import { expect, onTestFinished, test } from 'vitest';
import { loginCheck } from '../../../access/login.ts';
import { loadClientTls, loadServerTls } from '../../../access/tls.ts';
import { makeCertificate } from '../../access/certificates.ts';
import { brokerForTest } from './broker-for-test.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { HandIntake } from './intake.ts';
import { mqttForTest } from './mqtt-for-test.ts';
import { RawClient } from './raw-client.ts';

const TOPIC = 'kaidong/v1/e/s/a/l/m';

/** A broker that takes everything at once, so that only the client under test holds messages back. */
const automaticBroker = () => brokerForTest({ intake: new HandIntake({ automatic: true }) });

async function send(port: number, ...texts: string[]): Promise<void> {
  using publisher = await RawClient.connected(port, { clientId: 'publisher' });
  for (const [index, text] of texts.entries()) publisher.publish(index + 1, text, { topic: TOPIC });
  await publisher.received('puback', texts.length);
}

test('falls back to MQTT 3.1.1 where 5 is refused', async () => {
  const { broker } = await automaticBroker();
  const { intake, until, events } = mqttForTest({ url: broker.url });
  const status = await until(({ connected }) => connected);
  expect(status).toMatchObject({ protocol: '3.1.1', sessionPresent: false, connections: 1, lastError: null });
  expect(events).toEqual(['mqtt-5-refused', 'mqtt-connected']);
  await send(broker.port, 'hello');
  const [hello] = await intake.got(1);
  expect(hello).toMatchObject({
    text: 'hello',
    message: { topic: TOPIC, retain: false, delivery: { session: 'kaidong', dup: false } },
  });
});

test('never shares at a broker of MQTT 3.1.1, where it would hear nothing', async () => {
  const { broker } = await automaticBroker();
  const { until, events } = mqttForTest({ url: broker.url, shareGroup: 'kaidong' });
  const status = await until(({ lastError }) => lastError !== null);
  expect(status).toMatchObject({ connected: false, protocol: '5' });
  expect(status.lastError).toContain('the broker offers no shared subscriptions');
  expect(events).toEqual(['mqtt-failed']);
});

test('what was not durable when the path broke comes again, with the same packet id', async () => {
  const { broker } = await automaticBroker();
  await using proxy = await startFaultProxy(broker.port);
  const { intake, until } = mqttForTest({ url: `mqtt://127.0.0.1:${proxy.port}` });
  await until(({ connected }) => connected);
  await send(broker.port, 'a', 'b', 'c');
  const first = [...(await intake.got(3))];
  first[0]!.durable();
  first[2]!.durable();
  await until(({ held }) => held === 2);
  proxy.cut();
  await until(({ connections }) => connections === 2);
  await intake.got(5);
  expect(intake.texts.slice(3)).toEqual(['b', 'c']);
  const idOf = (index: number) => intake.accepted[index]!.message.delivery!.packetId;
  expect([idOf(3), idOf(4)]).toEqual([idOf(1), idOf(2)]);
  first[1]!.durable(); // of the old connection: acknowledges nothing on the new one
  await until(({ connected }) => connected);
  expect((await until(({ held }) => held >= 2)).held).toBe(2);
  for (const { durable } of intake.accepted.slice(3)) durable();
  await until(({ held }) => held === 0);
});

test('messages sent while it is away arrive when it is back; closing leaves the session', async () => {
  const { broker } = await automaticBroker();
  const before = mqttForTest({ url: broker.url });
  await before.until(({ connected }) => connected);
  await before.edge.close();
  await send(broker.port, 'meanwhile 1', 'meanwhile 2');
  const after = mqttForTest({ url: broker.url, intake: new HandIntake({ automatic: true }) });
  await after.intake.got(2);
  expect(after.intake.texts).toEqual(['meanwhile 1', 'meanwhile 2']);
  expect(after.edge.status().sessionPresent).toBe(true);
});

test('subscribes again at a broker that lost the session', async () => {
  const first = await automaticBroker();
  const { intake, until } = mqttForTest({ url: first.broker.url });
  await until(({ connected }) => connected);
  await first.broker.close();
  const lost = await until(({ connected }) => !connected);
  expect(lost.lastError).toMatch(/closed the connection|no broker answers/);
  await brokerForTest({ port: first.broker.port, intake: new HandIntake({ automatic: true }) });
  expect(await until(({ connected }) => connected)).toMatchObject({ sessionPresent: false, connections: 2 });
  await send(first.broker.port, 'after');
  expect((await intake.got(1))[0]!.text).toBe('after');
});

test('a broker that forgot a session of a run before is told of; a first start is no loss', async () => {
  const { broker } = await automaticBroker();
  const first = mqttForTest({ url: broker.url });
  expect(await first.until(({ connected }) => connected)).toMatchObject({ sessionLostAt: null });
  const memory = { load: () => ['kaidong/v1/#'], save: () => {} };
  const known = mqttForTest({ url: broker.url, clientId: 'known', memory });
  const { sessionLostAt } = await known.until(({ connected }) => connected);
  expect(sessionLostAt).toBeGreaterThan(0);
  expect(known.events).toContain('mqtt-session-lost');
});

test('a path that goes silent without closing is noticed, and the subscription works again', async () => {
  const { broker } = await automaticBroker();
  await using proxy = await startFaultProxy(broker.port);
  const { intake, until } = mqttForTest({ url: `mqtt://127.0.0.1:${proxy.port}`, keepaliveSeconds: 1 });
  await until(({ connected }) => connected);
  proxy.goSilent();
  const lost = await until(({ connected }) => !connected);
  expect(lost.lastError).toBe('Keepalive timeout');
  await until(({ connected }) => connected);
  await send(broker.port, 'after the silence');
  expect((await intake.got(1))[0]!.text).toBe('after the silence');
});

test('while the spool is full nothing is acknowledged, and the connection lives on', async () => {
  const { broker } = await automaticBroker();
  const { intake, until, edge } = mqttForTest({ url: broker.url, keepaliveSeconds: 2 });
  await until(({ connected }) => connected);
  const publisher = await RawClient.connected(broker.port, { clientId: 'publisher' });
  onTestFinished(() => publisher[Symbol.dispose]());
  intake.full = true;
  publisher.publish(1, 'waits', { topic: TOPIC });
  await intake.got(1);
  const since = Date.now();
  await until(() => Date.now() - since > 4500); // more than two keep-alives
  expect(edge.status()).toMatchObject({ connected: true, connections: 1, held: 1 });
  intake.full = false;
  intake.accepted[0]!.durable();
  await until(({ held }) => held === 0);
});

test('no more payload bytes wait for durability than may, however few the messages', async () => {
  const { broker } = await automaticBroker();
  const { intake, until } = mqttForTest({ url: broker.url, receiveMaximumBytes: 10_000 });
  await until(({ connected }) => connected);
  const large = Array.from({ length: 100 }, (_, index) => String(index).padStart(1000, '.'));
  const sending = send(broker.port, ...large);
  await intake.got(11);
  const since = Date.now();
  await until(() => Date.now() - since > 300);
  expect(intake.accepted).toHaveLength(11);
  intake.automatic = true;
  for (const { durable } of [...intake.accepted]) durable();
  await intake.got(100);
  expect(intake.texts).toEqual(large);
  await until(({ held }) => held === 0);
  await sending;
});

test('QoS 0 carries no delivery; a retained message of a new subscription says so', async () => {
  const { broker } = await automaticBroker();
  using publisher = await RawClient.connected(broker.port, { clientId: 'publisher' });
  publisher.publish(1, 'kept', { topic: TOPIC, retain: true });
  await publisher.received('puback');
  const { intake, until } = mqttForTest({ url: broker.url });
  const [kept] = await intake.got(1);
  expect(kept).toMatchObject({ text: 'kept', message: { retain: true } });
  await until(({ connected }) => connected);
  publisher.publish(0, 'zero', { topic: TOPIC, qos: 0 });
  const [, zero] = await intake.got(2);
  expect(zero).toMatchObject({ text: 'zero', message: { retain: false, delivery: null } });
  publisher.publish(2, 'two', { topic: TOPIC, qos: 2 });
  await publisher.received('pubrec');
  publisher.send({ cmd: 'pubrel', messageId: 2 });
  const [, , two] = await intake.got(3);
  expect(two!.message.delivery).toMatchObject({ session: 'kaidong' });
});

test('TLS with user and password; a stranger certificate and a wrong password are named in the status', async () => {
  using files = makeCertificate();
  const { broker } = await brokerForTest({
    intake: new HandIntake({ automatic: true }),
    tls: loadServerTls(files, 'broker.tls'),
    login: loginCheck({ username: 'kaidong', password: 'secret', section: 'broker' }),
  });
  const tls = loadClientTls({ ca: files.cert }, 'mqtt.tls');
  expect(tls.ca).toEqual(readFileSync(files.cert));
  const login = { username: 'kaidong', password: 'secret' };
  const good = mqttForTest({ url: broker.url, tls: () => tls, ...login });
  await good.until(({ connected }) => connected);
  const strange = mqttForTest({ url: broker.url, clientId: 'b', ...login });
  const failed = ({ lastError }: { lastError: string | null }) => lastError !== null;
  expect((await strange.until(failed)).lastError).toMatch(/no known authority .* set mqtt\.tls\.ca/);
  const wrong = mqttForTest({
    url: broker.url,
    clientId: 'c',
    tls: () => tls,
    username: 'kaidong',
    password: 'guess',
  });
  expect((await wrong.until(failed)).lastError).toMatch(/check mqtt\.username and mqtt\.password/);
  await wrong.edge.close();
  expect(wrong.events.filter((event) => event === 'mqtt-failed')).toHaveLength(1);
});

test('where nobody answers it says so, and closes all the same', async () => {
  const { broker } = await automaticBroker();
  await broker.close();
  const { edge, until } = mqttForTest({ url: broker.url });
  const { lastError } = await until((status) => status.lastError !== null);
  expect(lastError).toMatch(
    /no broker answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\): start it, or correct mqtt\.url/,
  );
  await edge.close();
  expect(edge.status().connected).toBe(false);
});

test('a DISCONNECT that says "session taken over" is believed at once: the session is left to the other', async () => {
  const connections: number[] = [];
  const server = createServer((socket) => {
    connections.push(performance.now());
    const parser = mqttPacket.parser({ protocolVersion: 5 });
    const answer = (packet: Packet): void => {
      const bytes = mqttPacket.generate(packet, { protocolVersion: 5 });
      socket.write(bytes);
    };
    parser.on('packet', (packet) => {
      if (packet.cmd === 'connect') answer({ cmd: 'connack', reasonCode: 0, sessionPresent: false });
      if (packet.cmd !== 'subscribe') return;
      answer({ cmd: 'suback', messageId: packet.messageId as number, granted: [1] });
      answer({ cmd: 'disconnect', reasonCode: 142 });
      socket.end();
    });
    socket.on('data', (bytes) => parser.parse(bytes as Buffer));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { until, edge } = mqttForTest({ url: `mqtt://127.0.0.1:${port}` });
  // The answer to the subscription came just before, so that it may count as connected until the end is here.
  const status = await until(({ yielding, connected }) => yielding && !connected);
  expect(status).toMatchObject({ takeOvers: 1, connections: 1 });
  expect(status.lastError).toContain(
    'another client has taken over the session: give each its own mqtt.clientId',
  );
  await edge.close();
  expect(connections).toHaveLength(1);
});

test.each([
  ['shorter than asked', 3600, 3600],
  ['as asked', 7 * 86_400, null],
  ['not at all', undefined, null],
])('the expiry of the session that the broker grants is known where it is %s', async (_, granted, known) => {
  const server = createServer((socket) => {
    const parser = mqttPacket.parser({ protocolVersion: 5 });
    const answer = (packet: Packet): void => {
      socket.write(mqttPacket.generate(packet, { protocolVersion: 5 }));
    };
    parser.on('packet', (packet) => {
      if (packet.cmd === 'connect') {
        const properties = granted === undefined ? {} : { sessionExpiryInterval: granted };
        answer({ cmd: 'connack', reasonCode: 0, sessionPresent: false, properties });
      }
      if (packet.cmd === 'subscribe')
        answer({ cmd: 'suback', messageId: packet.messageId as number, granted: [1] });
    });
    socket.on('data', (bytes) => parser.parse(bytes as Buffer));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { until, edge } = mqttForTest({ url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` });
  expect((await until(({ connected }) => connected)).shortenedExpirySeconds).toBe(known);
  await edge.close();
});

test('a server that hangs up without a word is reported as such', async () => {
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { until } = mqttForTest({ url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const { lastError } = await until((status) => status.lastError !== null);
  expect(lastError).toBe('the broker closed the connection before it was established');
});

test.each([
  [
    'refuses the subscription',
    [0x80],
    /does not grant QoS 1 for kaidong\/v1\/#: allow it there|Subscribe error/,
  ],
  ['grants a lower QoS', [0], /does not grant QoS 1 for kaidong\/v1\/#: allow it there/],
])('a broker that %s is not connected, and the status says why', async (_, granted, message) => {
  const server = createServer((socket) => {
    const parser = mqttPacket.parser();
    parser.on('packet', (packet) => {
      const answer: Packet | undefined =
        packet.cmd === 'connect'
          ? { cmd: 'connack', returnCode: 0, reasonCode: 0, sessionPresent: false }
          : packet.cmd === 'subscribe'
            ? { cmd: 'suback', messageId: packet.messageId!, granted }
            : undefined;
      if (answer) socket.write(mqttPacket.generate(answer, { protocolVersion: 5 }));
    });
    socket.on('data', (bytes: Buffer) => parser.parse(bytes));
    socket.on('error', () => {}); // the client hangs up
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { until } = mqttForTest({ url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` });
  const status = await until(({ lastError }) => lastError !== null);
  expect(status.connected).toBe(false);
  expect(status.lastError).toMatch(message);
  expect((await until(({ connections }) => connections > 1)).connected).toBe(false);
});
