import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Json, kaidong, newFolder, type Service, settled, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const T0 = Date.UTC(2026, 2, 2);
const rows = async (platform: Service): Promise<Json[]> => {
  const span = `from=${T0}&to=${T0 + 7_200_000}&asOf=${T0 + 10_800_000}`;
  return (await platform.get(`/api/v1/ledger?scope=acme&by=machine,hour&${span}`)).body.rows;
};
const digests = async (platform: Service) => (await rows(platform)).map(({ digest }) => digest);

test('a backup under load restores to equal digests, quarantine and tokens included', async () => {
  using folder = newFolder();
  const cwd = folder.path;
  const token = (await kaidong(['token', 'create', '--name', 'office'], { cwd })).stdout.trim();
  const headers = { authorization: `Bearer ${token}` };
  const asked = (platform: Service): Service => ({
    ...platform,
    get: (path) => platform.get(path, { headers }),
  });
  let before: unknown;
  {
    await using platform = await startService({ cwd });
    const seen = asked(platform);
    await using machine = await connectPublisher(platform.mqtt);
    for (let n = 0; n < 100; n++)
      await machine.publish(`kaidong/v1/${MACHINE}`, {
        ts: T0 + n * 60_000,
        state: n % 7 === 0 ? 'idle' : 'running',
        count: n,
      });
    await machine.publish(`kaidong/v1/${MACHINE}`, 'no JSON');
    await settled(seen);
    before = { digests: await digests(seen), refused: (await seen.get('/api/v1/ingest/refused')).body };

    // Another line is under load meanwhile, and goes on to be.
    const load = new AbortController();
    const loading = (async () => {
      for (let n = 0; !load.signal.aborted; n++)
        await machine.publish(`kaidong/v1/acme/zhoushan/moulding/line2/imm-${n % 50}`, {
          ts: T0 + 86_400_000 + n,
          state: 'running',
          count: n,
        });
    })();
    const backup = await kaidong(['backup', 'copy'], { cwd });
    load.abort();
    await loading;
    expect(backup).toMatchObject({ code: 0, stderr: '' });
    const full = await kaidong(['backup', 'copy'], { cwd });
    expect([full.code, full.stderr]).toEqual([1, expect.stringContaining('not empty')]);
    const occupied = await kaidong(['restore', 'copy'], { cwd });
    expect([occupied.code, occupied.stderr]).toEqual([1, expect.stringContaining('not empty')]);
  }
  const environment = { KAIDONG__DATA__DIR: 'elsewhere' };
  expect(await kaidong(['restore', 'copy'], { cwd, environment })).toMatchObject({ code: 0, stderr: '' });
  await using restored = await startService({ cwd, environment });
  expect((await restored.get('/api/v1/plant')).status).toBe(401);
  const seen = asked(restored);
  const refused = (await seen.get('/api/v1/ingest/refused')).body;
  const line1 = (await rows(seen)).filter(({ key }) => key.machine === MACHINE).map(({ digest }) => digest);
  const own = (before as { digests: string[] }).digests;
  expect({ digests: line1, refused }).toEqual({ ...(before as object), digests: own });
  // It goes on from there.
  await using machine = await connectPublisher(restored.mqtt);
  await machine.publish(`kaidong/v1/${MACHINE}`, { ts: T0 + 30_000, state: 'down' });
  await settled(seen);
  expect((await rows(seen)).filter(({ key }) => key.machine === MACHINE)[0].digest).not.toBe(own[0]);
});

test('a backup while nothing runs holds everything too', async () => {
  using folder = newFolder();
  const cwd = folder.path;
  let before: unknown;
  {
    await using platform = await startService({ cwd });
    await using machine = await connectPublisher(platform.mqtt);
    await machine.publish(`kaidong/v1/${MACHINE}`, { ts: T0, state: 'running' });
    await settled(platform);
    before = await digests(platform);
  }
  expect(await kaidong(['backup', 'copy'], { cwd })).toMatchObject({ code: 0 });
  const environment = { KAIDONG__DATA__DIR: 'elsewhere' };
  expect(await kaidong(['restore', 'copy'], { cwd, environment })).toMatchObject({ code: 0 });
  await using restored = await startService({ cwd, environment });
  expect(await digests(restored)).toEqual(before);
  expect((before as unknown[]).length).toBeGreaterThan(0);
});

test('messages that waited in the spool of a killed process are in the backup', async () => {
  using folder = newFolder();
  const cwd = folder.path;
  {
    await using platform = await startService({ cwd });
    await using machine = await connectPublisher(platform.mqtt);
    machine.client.on('error', () => {});
    await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        machine.publish(`kaidong/v1/${MACHINE}/count`, { ts: T0 + n, value: n }),
      ),
    );
    await platform.kill();
  }
  const backup = await kaidong(['backup', 'copy'], { cwd });
  expect(backup).toMatchObject({ code: 0 });
  const environment = { KAIDONG__DATA__DIR: 'elsewhere' };
  expect(await kaidong(['restore', 'copy'], { cwd, environment })).toMatchObject({ code: 0 });
  await using restored = await startService({ cwd, environment });
  await settled(restored);
  const { body } = await restored.get(
    `/api/v1/signals?machine=${MACHINE}&signal=count&from=${T0}&to=${T0 + 1000}`,
  );
  expect(body.points).toHaveLength(300);
});

test.each([
  ['a folder that is no backup', (path: string) => mkdirSync(path)],
  [
    'a backup that was not finished',
    (path: string) => {
      mkdirSync(path);
      writeFileSync(`${path}/registry.sqlite`, '');
    },
  ],
  ['nothing', () => {}],
])('restore from %s is refused', async (_, make) => {
  using folder = newFolder();
  make(folder.file('copy'));
  const { code, stderr } = await kaidong(['restore', 'copy'], { cwd: folder.path });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/no whole backup/)]);
});
