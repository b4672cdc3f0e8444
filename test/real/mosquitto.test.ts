import mqtt from 'mqtt';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadClientTls } from '../../access/tls.ts';
import { makeAuthority, makeCertificate } from '../access/certificates.ts';
import { startFaultProxy } from '../ingest/edge/fault-proxy.ts';
import { HandIntake } from '../ingest/edge/intake.ts';
import { mqttForTest } from '../ingest/edge/mqtt-for-test.ts';
import { bench } from '../ingest/harness.ts';
import { type MosquittoOptions, mosquittoAvailable, startMosquitto } from './mosquitto.ts';

const TOPIC = 'kaidong/v1/e/s/a/l/m';

async function mosquittoForTest(options?: MosquittoOptions) {
  const mosquitto = await startMosquitto(options);
  onTestFinished(() => mosquitto[Symbol.asyncDispose]());
  return mosquitto;
}

async function send(url: string, texts: readonly string[], options: mqtt.IClientOptions = {}): Promise<void> {
  const publisher = await mqtt.connectAsync(url, options);
  await Promise.all(texts.map((text) => publisher.publishAsync(TOPIC, text, { qos: 1 })));
  await publisher.endAsync();
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

describe.skipIf(!mosquittoAvailable())('with a real mosquitto', () => {
  test('speaks MQTT 5, and what was not durable comes again marked DUP under the same packet id', async () => {
    const mosquitto = await mosquittoForTest();
    await using proxy = await startFaultProxy(mosquitto.port);
    const { intake, until } = mqttForTest({ url: `mqtt://127.0.0.1:${proxy.port}` });
    expect(await until(({ connected }) => connected)).toMatchObject({ protocol: '5', sessionPresent: false });
    await send(mosquitto.url, ['a', 'b', 'c']);
    const first = [...(await intake.got(3))];
    expect(intake.texts).toEqual(['a', 'b', 'c']);
    first[0]!.durable();
    await until(({ held }) => held === 2);
    await send(mosquitto.url, ['d']); // the broker has read the PUBACK once it delivers what came after
    await intake.got(4);
    proxy.cut();
    await intake.got(7);
    expect(intake.texts.slice(4)).toEqual(['b', 'c', 'd']);
    expect(intake.accepted.slice(4).map(({ message }) => message.delivery)).toEqual(
      intake.accepted.slice(1, 4).map(({ message }) => ({ ...message.delivery, dup: true })),
    );
    expect(await until(({ connected }) => connected)).toMatchObject({ sessionPresent: true, connections: 2 });
    for (const { durable } of intake.accepted.slice(4)) durable();
    await until(({ held }) => held === 0);
  });

  test('what arrives while the client is away waits in its session', async () => {
    const mosquitto = await mosquittoForTest();
    const before = mqttForTest({ url: mosquitto.url });
    await before.until(({ connected }) => connected);
    await before.edge.close();
    const texts = numbered(5000);
    await send(mosquitto.url, texts);
    const after = mqttForTest({ url: mosquitto.url, intake: new HandIntake({ automatic: true }) });
    await after.intake.got(texts.length);
    expect(after.intake.texts).toEqual(texts);
    expect(await after.until(({ connected }) => connected)).toMatchObject({ sessionPresent: true });
  });

  test('what was taken but not durable when the client closed is delivered to the next one', async () => {
    const mosquitto = await mosquittoForTest();
    const before = mqttForTest({ url: mosquitto.url });
    await before.until(({ connected }) => connected);
    await send(mosquitto.url, ['kept']);
    await before.intake.got(1);
    await before.edge.close();
    const after = mqttForTest({ url: mosquitto.url, intake: new HandIntake({ automatic: true }) });
    expect((await after.intake.got(1))[0]).toMatchObject({
      text: 'kept',
      message: { delivery: { dup: true } },
    });
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'comes back after the broker was restarted by %s',
    async (signal) => {
      const mosquitto = await mosquittoForTest();
      const { intake, until } = mqttForTest({
        url: mosquitto.url,
        intake: new HandIntake({ automatic: true }),
      });
      await until(({ connected }) => connected);
      await send(mosquitto.url, ['before']);
      await intake.got(1);
      await mosquitto.stop(signal);
      await until(({ connected }) => !connected);
      await mosquitto.start();
      await until(({ connected }) => connected);
      await send(mosquitto.url, ['after']);
      await until(() => intake.texts.includes('after'));
      expect(intake.texts.at(0)).toBe('before');
    },
  );

  test('a path that goes silent is noticed, and what was sent meanwhile arrives', async () => {
    const mosquitto = await mosquittoForTest();
    await using proxy = await startFaultProxy(mosquitto.port);
    const { intake, until } = mqttForTest({
      url: `mqtt://127.0.0.1:${proxy.port}`,
      keepaliveSeconds: 1,
      intake: new HandIntake({ automatic: true }),
    });
    await until(({ connected }) => connected);
    proxy.goSilent();
    await send(mosquitto.url, ['into the silence']);
    expect((await until(({ connected }) => !connected)).lastError).toBe('Keepalive timeout');
    expect((await intake.got(1))[0]!.text).toBe('into the silence');
    expect(await until(({ connected }) => connected)).toMatchObject({ sessionPresent: true, connections: 2 });
  });

  test('no more than receiveMaximum messages wait for us, and pings go on meanwhile', async () => {
    const mosquitto = await mosquittoForTest({ maxInflightMessages: 0 });
    const { intake, until, edge } = mqttForTest({
      url: mosquitto.url,
      receiveMaximum: 50,
      keepaliveSeconds: 2,
    });
    await until(({ connected }) => connected);
    intake.full = true;
    await send(mosquitto.url, numbered(500));
    await intake.got(50);
    const from = Date.now();
    await until(() => Date.now() - from > 4500); // more than two keep-alives
    expect(edge.status()).toMatchObject({ connected: true, connections: 1, held: 50 });
    expect(intake.accepted).toHaveLength(50);
    intake.full = false;
    intake.automatic = true;
    for (const { durable } of [...intake.accepted]) durable();
    await intake.got(500);
    expect(intake.texts).toEqual(numbered(500));
  });

  test('a retained message without a time is ignored, one with a time is an ordinary observation, once', async () => {
    const mosquitto = await mosquittoForTest();
    const machine = 'acme/zhoushan/moulding/line1/imm-01';
    const topic = `kaidong/v1/${machine}`;
    const publisher = await mqtt.connectAsync(mosquitto.url);
    onTestFinished(() => publisher.endAsync());
    const retained = { qos: 1, retain: true } as const;
    const ts = Date.now() - 60_000;
    await publisher.publishAsync(topic, '{"state":"running"}', retained);
    await publisher.publishAsync(`${topic}/count`, JSON.stringify({ ts, value: 7 }), retained);
    const parts = bench();
    await using ingest = await parts.start({ now: Date.now });
    /** A client of its own: a new subscription, which the broker answers with what it retained. */
    const subscribed = async (clientId: string): Promise<void> => {
      const { received } = ingest.books().messages;
      const { until, edge } = mqttForTest({ url: mosquitto.url, clientId, intake: ingest });
      await until(({ connected }) => connected);
      await until(() => ingest.books().messages.received >= received + 2);
      await until(({ held }) => held === 0);
      await edge.close();
    };
    await subscribed('first');
    await ingest.drained();
    expect(ingest.books().messages).toMatchObject({ received: 2, ignored: 1, stored: 1, refused: 0 });
    await subscribed('second');
    await ingest.drained();
    expect(ingest.books().messages).toMatchObject({ received: 4, ignored: 2, stored: 1, duplicate: 1 });
    // Not retained when it goes to a subscription that is there already, so that its receive time is right.
    const live = mqttForTest({ url: mosquitto.url, clientId: 'third', intake: ingest });
    await live.until(({ connected }) => connected);
    await live.until(() => ingest.books().messages.received === 6);
    await publisher.publishAsync(topic, '{"state":"down"}', retained);
    await live.until(() => ingest.books().messages.received === 7);
    await ingest.drained();
    expect(ingest.books().messages).toMatchObject({ received: 7, ignored: 3, stored: 2, duplicate: 2 });
    const latest = await parts.store.open().latest(machine);
    expect(latest.map(({ signal, value }) => [signal, value])).toEqual([
      ['count', 7],
      ['state', 'down'],
    ]);
  });

  test('two workers of a group share the messages', async () => {
    const mosquitto = await mosquittoForTest();
    const workers = ['w1', 'w2'].map((clientId) =>
      mqttForTest({
        url: mosquitto.url,
        clientId,
        shareGroup: 'kaidong',
        intake: new HandIntake({ automatic: true }),
      }),
    );
    for (const worker of workers) await worker.until(({ connected }) => connected);
    await send(mosquitto.url, numbered(100));
    const count = () => workers.reduce((sum, { intake }) => sum + intake.accepted.length, 0);
    await workers[0]!.until(() => count() === 100);
    expect(workers.flatMap(({ intake }) => intake.texts).sort()).toEqual(numbered(100).sort());
    for (const { intake } of workers) expect(intake.accepted.length).toBeGreaterThan(0);
  });

  test('TLS, user and password; a wrong password is named in the status', async () => {
    using files = makeCertificate();
    const login = { username: 'kaidong', password: 'secret' };
    const mosquitto = await mosquittoForTest({ login, tls: files });
    const tls = loadClientTls({ ca: files.cert }, 'mqtt.tls');
    const { intake, until } = mqttForTest({ url: mosquitto.url, tls: () => tls, ...login });
    expect(await until(({ connected }) => connected)).toMatchObject({ protocol: '5', lastError: null });
    await send(mosquitto.url, ['encrypted'], { ...tls, ...login });
    (await intake.got(1))[0]!.durable();
    await until(({ held }) => held === 0);
    const wrong = mqttForTest({
      url: mosquitto.url,
      clientId: 'w',
      tls: () => tls,
      username: 'kaidong',
      password: 'guess',
    });
    const { lastError, connected } = await wrong.until((status) => status.lastError !== null);
    expect([connected, lastError]).toEqual([
      false,
      expect.stringMatching(/check mqtt\.username.* mqtt\.password/),
    ]);
  });

  test('client certificates are asked for, and renewed ones are used at the next connection', async () => {
    using authority = makeAuthority();
    const mosquitto = await mosquittoForTest({ tls: { ...authority.issue('broker'), ca: authority.cert } });
    let asked = 0;
    const tls = () =>
      loadClientTls({ ...authority.issue(`kaidong-${asked++}`), ca: authority.cert }, 'mqtt.tls');
    const { url } = mosquitto;
    const ours = mqttForTest({ url, tls, intake: new HandIntake({ automatic: true }) });
    const { certificateExpiresAt, protocol } = await ours.until(({ connected }) => connected);
    expect(protocol).toBe('5');
    expect(certificateExpiresAt).toBeGreaterThan(Date.now());
    const before = asked;
    await mosquitto.stop();
    await ours.until(({ connected }) => !connected);
    await mosquitto.start();
    expect(await ours.until(({ connected }) => connected)).toMatchObject({ sessionLostAt: null });
    expect(asked).toBeGreaterThan(before);
    const bare = loadClientTls({ ca: authority.cert }, 'mqtt.tls');
    const without = mqttForTest({ url, clientId: 'without', tls: () => bare });
    const { lastError } = await without.until((status) => status.lastError !== null);
    expect(lastError).toContain('set mqtt.tls.cert and mqtt.tls.key');
  });

  test('two clients with one id: the fight ends, since whoever is thrown out three times leaves the session', async () => {
    const mosquitto = await mosquittoForTest();
    const ours = mqttForTest({ url: mosquitto.url, intake: new HandIntake({ automatic: true }) });
    await ours.until(({ connected }) => connected);
    const other = await mqtt.connectAsync(mosquitto.url, {
      ...{ clientId: 'kaidong', clean: false, protocolVersion: 5, reconnectPeriod: 50 },
      properties: { sessionExpiryInterval: 3600 },
    });
    onTestFinished(() => other.endAsync(true));
    // This mosquitto ends our connection without a word, where MQTT 5 has a reason for it.
    const status = await ours.until(({ yielding, connected }) => yielding && !connected);
    expect(status).toMatchObject({ takeOvers: 1, connections: 3, sessionLostAt: null });
    expect(status.lastError).toContain('another client has the same mqtt.clientId');
    const got = new Promise<string>((resolve) => other.once('message', (topic) => resolve(topic)));
    await send(mosquitto.url, ['meanwhile']);
    expect(await got).toBe(TOPIC);
    expect(ours.edge.status()).toMatchObject({ connections: 3, yielding: true });
  });

  test('a broker that restarts without persistence loses our session, and we say so', async () => {
    const mosquitto = await mosquittoForTest({ asItComes: true });
    const ours = mqttForTest({ url: mosquitto.url, intake: new HandIntake({ automatic: true }) });
    expect(await ours.until(({ connected }) => connected)).toMatchObject({ sessionLostAt: null });
    await mosquitto.stop();
    await ours.until(({ connected }) => !connected);
    await mosquitto.start();
    const status = await ours.until(({ connected, connections }) => connected && connections === 2);
    expect(status.sessionLostAt).toBeGreaterThan(0);
    expect(ours.events).toContain('mqtt-session-lost');
    await send(mosquitto.url, ['again']);
    await ours.intake.got(1);
  });

  test("at mosquitto's defaults: all that it keeps for us is stored once; what it drops is what comes above its queue", async () => {
    const mosquitto = await mosquittoForTest({ asItComes: true });
    const parts = bench();
    await using ingest = await parts.start({ now: Date.now });
    const before = mqttForTest({ url: mosquitto.url, intake: ingest });
    await before.until(({ connected }) => connected);
    await before.edge.close();
    const machine = 'kaidong/v1/acme/zhoushan/moulding/line1/imm-01';
    const publisher = await mqtt.connectAsync(mosquitto.url);
    const start = Date.now() - 60_000;
    for (let n = 0; n < 1500; n++) {
      await publisher.publishAsync(machine, JSON.stringify({ ts: start + n, n }), { qos: 1 });
    }
    await publisher.endAsync();
    const after = mqttForTest({ url: mosquitto.url, intake: ingest });
    await after.until(({ connected }) => connected);
    await after.until(() => ingest.books().messages.received >= 1000);
    await after.until(({ held }) => held === 0);
    // 20 at a time: the session goes on as soon as those are durable.
    await ingest.drained();
    const { messages } = ingest.books();
    expect(messages).toMatchObject({ stored: messages.received, duplicate: 0, refused: 0 });
    expect(messages.received).toBeGreaterThanOrEqual(1000);
    expect(messages.received).toBeLessThan(1100);
    // The oldest are kept, the newest dropped.
    const kept = parts.store.state.written.map(({ ts }) => ts - start);
    expect(kept).toEqual(Array.from({ length: messages.received }, (_, n) => n));
  });
});
