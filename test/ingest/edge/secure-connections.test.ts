import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { createCertificates } from '../../../access/certificates.ts';
import { loginCheck } from '../../../access/login.ts';
import { loadClientTls, loadServerTls } from '../../../access/tls.ts';
import { makeAuthority } from '../../access/certificates.ts';
import { brokerForTest } from './broker-for-test.ts';
import { HandIntake } from './intake.ts';
import { mqttForTest } from './mqtt-for-test.ts';

const TOPIC = 'kaidong/v1/e/s/a/l/m';
const automatic = () => ({ intake: new HandIntake({ automatic: true }) });

function authorityForTest() {
  const authority = makeAuthority();
  onTestFinished(() => authority[Symbol.dispose]());
  return authority;
}

test.each(['ws', 'wss'])(
  'over %s messages come in, are held until durable, and go out to a subscriber',
  async (scheme) => {
    const authority = authorityForTest();
    const files = authority.issue('broker');
    const tls = scheme === 'wss' ? loadServerTls(files, 'broker.tls') : undefined;
    const { broker, intake } = await brokerForTest({ webSocketPort: 0, tls });
    const url = broker.webSocketUrl as string;
    expect(url).toMatch(new RegExp(`^${scheme}://127\\.0\\.0\\.1:\\d+$`));
    const ca = loadClientTls({ ca: authority.cert }, 'mqtt.tls');
    const publisher = await mqtt.connectAsync(url, { protocolVersion: 4, ...(tls ? ca : {}) });
    onTestFinished(() => publisher.endAsync(true));
    const published = publisher.publishAsync(TOPIC, 'x'.repeat(300_000), { qos: 1 });
    const [first] = await intake.got(1);
    expect(first?.message.payload).toHaveLength(300_000);
    first?.durable();
    await published;
    intake.automatic = true;
    const ours = mqttForTest({ url, tls: () => (tls ? ca : {}), ...automatic() });
    const status = await ours.until(({ connected }) => connected);
    expect(status.certificateExpiresAt === null).toBe(scheme === 'ws');
    for (let n = 0; n < 20; n++) await publisher.publishAsync(TOPIC, `m${n}`, { qos: 1 });
    await ours.intake.got(20);
    expect(ours.intake.texts).toEqual(Array.from({ length: 20 }, (_, n) => `m${n}`));
    await ours.until(({ held }) => held === 0);
  },
);

/** What a WebSocket's opening is answered. */
const answerTo = (url: string, protocols: string[], options: WebSocket.ClientOptions = {}): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url, protocols, options);
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
    socket.on('error', () => {});
  });

test('a page may not speak to a broker that asks nobody who they are, and who asks for no MQTT is refused', async () => {
  const origin = { origin: 'http://elsewhere.example' };
  const open = await brokerForTest({ webSocketPort: 0 });
  const url = open.broker.webSocketUrl as string;
  expect(await answerTo(url, ['mqtt'])).toBe(101);
  expect(await answerTo(url, ['mqtt'], origin)).toBe(403);
  expect(await answerTo(url, ['chat'])).toBe(400);
  expect(await answerTo(url, [])).toBe(400);
  expect((await fetch(url.replace('ws:', 'http:'))).status).toBe(426);
  const login = loginCheck({ username: 'kaidong', password: 'secret', section: 'broker' });
  const closed = await brokerForTest({ webSocketPort: 0, login });
  expect(await answerTo(closed.broker.webSocketUrl as string, ['mqtt'], origin)).toBe(101);
});

test('a busy port for WebSockets is refused with the setting to change', async () => {
  const { broker } = await brokerForTest();
  await expect(brokerForTest({ webSocketPort: broker.port })).rejects.toThrow(
    /set broker\.webSocketPort to another one/,
  );
});

test('a broker that asks for client certificates takes ours, and says what is missing without', async () => {
  const authority = authorityForTest();
  const { broker } = await brokerForTest({
    ...automatic(),
    tls: loadServerTls({ ...authority.issue('broker'), ca: authority.cert }, 'broker.tls'),
  });
  const mutual = loadClientTls({ ...authority.issue('kaidong'), ca: authority.cert }, 'mqtt.tls');
  const ours = mqttForTest({ url: broker.url, tls: () => mutual });
  expect((await ours.until(({ connected }) => connected)).certificateExpiresAt).toBeGreaterThan(Date.now());
  const bare = loadClientTls({ ca: authority.cert }, 'mqtt.tls');
  const without = mqttForTest({ url: broker.url, clientId: 'without', tls: () => bare });
  const { lastError } = await without.until((status) => status.lastError !== null);
  expect(lastError).toMatch(/asks for a client certificate .*: set mqtt\.tls\.cert and mqtt\.tls\.key/);
});

test('renewed files of broker and client serve the next connection, without a restart', async () => {
  const [before, after] = [authorityForTest(), authorityForTest()];
  const folder = authorityForTest().dir;
  const names = {
    cert: join(folder, 'broker.pem'),
    key: join(folder, 'broker.key'),
    ca: join(folder, 'ca.pem'),
  };
  const use = (authority: typeof before): void => {
    const { cert, key } = authority.issue('broker');
    copyFileSync(cert, names.cert);
    copyFileSync(key, names.key);
    copyFileSync(authority.cert, names.ca);
  };
  use(before);
  const certificates = createCertificates({ now: Date.now, log: () => {} });
  const server = certificates.server({ cert: names.cert, key: names.key }, 'broker.tls');
  const { broker } = await brokerForTest({ ...automatic(), webSocketPort: 0, tls: server?.tls });
  server?.onRenewed(broker.renew);
  const tls = certificates.client({ ca: names.ca }, 'mqtt.tls');
  const clients = [broker.url, broker.webSocketUrl as string].map((url, index) =>
    mqttForTest({ url, clientId: `client-${index}`, tls }),
  );
  for (const { until } of clients) await until(({ connected }) => connected);
  use(after);
  certificates.look();
  const old = loadClientTls({ ca: before.cert }, 'mqtt.tls');
  const stranger = mqttForTest({ url: broker.url, clientId: 'old', tls: () => old });
  expect((await stranger.until(({ lastError }) => lastError !== null)).lastError).toContain(
    'no known authority',
  );
  // Each is thrown out by another connection with its client id, and comes again.
  const renewed = loadClientTls({ ca: after.cert }, 'mqtt.tls');
  for (const [index, { until }] of clients.entries()) {
    const other = await mqtt.connectAsync(broker.url, {
      ...renewed,
      protocolVersion: 4,
      clientId: `client-${index}`,
    });
    await other.endAsync(true);
    expect(await until(({ connected, connections }) => connected && connections === 2)).toMatchObject({
      connections: 2,
    });
  }
});
