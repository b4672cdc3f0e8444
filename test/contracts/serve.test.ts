import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { kaidong, newFolder, settled, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const SPAN = 'from=2026-03-02T00:00:00Z&to=2026-03-02T01:00:00Z&asOf=2026-03-02T01:00:00Z';

/** Keeps a port busy, as another program would. */
async function occupy(port: number): Promise<AsyncDisposable & { port: number }> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

test('one ready line, SIGTERM ends with 0, and a restart on the same folder knows everything', async () => {
  using folder = newFolder();
  let before: unknown;
  {
    await using platform = await startService({ cwd: folder.path });
    expect(platform.ready).toMatchObject({
      event: 'ready',
      http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/),
      mqtt: expect.stringMatching(/^mqtt:\/\/127\.0\.0\.1:[1-9]\d*$/),
    });
    expect((await platform.get('/healthz')).status).toBe(200);
    expect((await platform.get('/readyz')).status).toBe(200);
    await using machine = await connectPublisher(platform.mqtt);
    await machine.publish(`kaidong/v1/${MACHINE}`, { ts: '2026-03-02T08:00:00+08:00', state: 'running' });
    await machine.publish(`kaidong/v1/${MACHINE}`, { ts: '2026-03-02T08:05:00+08:00', state: 'idle' });
    await machine.publish(`kaidong/v1/${MACHINE}`, 'no JSON');
    await settled(platform);
    const ledger = await platform.get(`/api/v1/ledger?scope=acme&by=machine&${SPAN}`);
    before = { ledger: ledger.body, refused: (await platform.get('/api/v1/ingest/refused')).body };
    const { code, stderr } = await platform.stop();
    expect({ code, stderr, lines: platform.lines.length }).toEqual({ code: 0, stderr: '', lines: 1 });
  }
  await using again = await startService({ cwd: folder.path });
  const ledger = await again.get(`/api/v1/ledger?scope=acme&by=machine&${SPAN}`);
  expect({ ledger: ledger.body, refused: (await again.get('/api/v1/ingest/refused')).body }).toEqual(before);
  const books = await settled(again);
  expect(books.messages).toMatchObject({ received: 3, stored: 2, refused: 1 });
});

test('what was acknowledged outlives kill -9', async () => {
  using folder = newFolder();
  {
    await using platform = await startService({ cwd: folder.path });
    await using machine = await connectPublisher(platform.mqtt);
    machine.client.on('error', () => {});
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        machine.publish(`kaidong/v1/${MACHINE}/count`, { ts: Date.UTC(2026, 2, 2) + n, value: n }),
      ),
    );
    await platform.kill();
  }
  await using again = await startService({ cwd: folder.path });
  const { messages, observations } = await settled(again);
  expect([messages.received, messages.stored, observations.stored]).toEqual([200, 200, 200]);
  const { body } = await again.get(
    `/api/v1/signals?machine=${MACHINE}&signal=count&${SPAN}`.replace(/&asOf.*/, ''),
  );
  expect(body.points.map(([, value]: [number, number]) => value)).toEqual([...Array(200).keys()]);
});

test.each([
  ['http', 'KAIDONG__HTTP__PORT', /http\.port/],
  ['broker', 'KAIDONG__BROKER__PORT', /broker\.port/],
])('an explicit busy port of %s fails with a remedy', async (_, variable, remedy) => {
  using folder = newFolder();
  await using busy = await occupy(0);
  const environment = { KAIDONG__HTTP__PORT: '0', KAIDONG__BROKER__PORT: '0', [variable]: String(busy.port) };
  const { code, stdout, stderr } = await kaidong(['serve', '--json'], { cwd: folder.path, environment });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(remedy);
  expect(stderr).toContain(String(busy.port));
});

test.each([
  ['whose port is busy', { KAIDONG__HTTP__HOST: '127.0.0.1' }],
  ['that would be open to the network', { KAIDONG__HTTP__HOST: '0.0.0.0', KAIDONG__HTTP__PORT: '0' }],
])('a start %s asks no broker for messages, which the running platform would miss', async (_, more) => {
  using folder = newFolder();
  await using busy = await occupy(0);
  let connections = 0;
  const broker = createServer((socket) => {
    connections++;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(broker, 'listening');
  const { port } = broker.address() as AddressInfo;
  const environment = {
    KAIDONG__MQTT__URL: `mqtt://127.0.0.1:${port}`,
    KAIDONG__HTTP__PORT: String(busy.port),
    ...more,
  };
  const { code, stderr } = await kaidong(['serve'], { cwd: folder.path, environment });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/http\.port|http\.token/)]);
  expect(connections).toBe(0);
  broker.close();
});

test('where the default ports are busy it takes the next free ones, and says so', async () => {
  using folder = newFolder();
  // Ours, or somebody else's: busy they are.
  await using _web = await occupy(8080).catch(() => null);
  await using _broker = await occupy(1883).catch(() => null);
  const environment = { KAIDONG__HTTP__PORT: '', KAIDONG__BROKER__PORT: '' };
  await using platform = await startService({ cwd: folder.path, environment });
  expect((await platform.get('/healthz')).status).toBe(200);
  expect(Number(new URL(platform.http).port)).toBeGreaterThan(8080);
  expect(Number(new URL(platform.mqtt).port)).toBeGreaterThan(1883);
});

test.each([
  ['HTTP', { KAIDONG__HTTP__HOST: '0.0.0.0' }, 'kaidong token create'],
  ['HTTP on every IPv6 address', { KAIDONG__HTTP__HOST: '::' }, 'kaidong token create'],
  ['the broker', { KAIDONG__BROKER__HOST: '0.0.0.0' }, 'broker.password'],
  [
    'the broker with half a login',
    { KAIDONG__BROKER__HOST: '0.0.0.0', KAIDONG__BROKER__USERNAME: 'm' },
    'broker.password',
  ],
])('%s off loopback without credentials is refused at start', async (_, environment, remedy) => {
  using folder = newFolder();
  const ports = { KAIDONG__HTTP__PORT: '0', KAIDONG__BROKER__PORT: '0' };
  const { code, stdout, stderr } = await kaidong(['serve', '--json'], {
    cwd: folder.path,
    environment: { ...ports, ...environment },
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(remedy);
});

test('two platforms on one data folder: the second is refused with a remedy', async () => {
  using folder = newFolder();
  await using _first = await startService({ cwd: folder.path });
  const environment = { KAIDONG__HTTP__PORT: '0', KAIDONG__BROKER__PORT: '0' };
  const { code, stderr } = await kaidong(['serve', '--json'], { cwd: folder.path, environment });
  expect(code).toBe(1);
  expect(stderr).toMatch(/another process uses .*data\.dir/);
});

test.each(['analysis', 'api'])('%s alone on the embedded store is refused with the remedy', async (role) => {
  using folder = newFolder();
  const { code, stderr } = await kaidong([role, '--json'], { cwd: folder.path });
  expect(code).toBe(1);
  expect(stderr).toMatch(/kaidong serve.*influxdb/s);
});

test('ingest alone on the embedded store takes messages; serve shows them afterwards', async () => {
  using folder = newFolder();
  {
    await using ingest = await startService({ cwd: folder.path, role: 'ingest' });
    expect(ingest.ready.http).toBeNull();
    await using machine = await connectPublisher(ingest.mqtt);
    await machine.publish(`kaidong/v1/${MACHINE}`, { ts: '2026-03-02T08:00:00+08:00', state: 'running' });
    expect((await ingest.stop()).code).toBe(0);
  }
  await using platform = await startService({ cwd: folder.path });
  const { body } = await platform.get('/api/v1/plant');
  expect(body.machines).toMatchObject([
    { path: MACHINE, declared: false, lastHeard: '2026-03-02T00:00:00.000Z' },
  ]);
  expect((await settled(platform)).messages).toMatchObject({ received: 1, stored: 1 });
});

test('under a base path everything answers there', async () => {
  using folder = newFolder();
  const config = folder.file('kaidong.yaml');
  writeFileSync(
    config,
    'http: { port: 0, basePath: /kaidong }\nbroker: { port: 0 }\nstore: { kind: memory }\n',
  );
  await using platform = await startService({ cwd: folder.path, args: ['--config', config] });
  expect(platform.http).toMatch(/\/kaidong$/);
  expect((await platform.get('/api/v1/plant')).status).toBe(200);
});
