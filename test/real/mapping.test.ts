import { writeFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Json, kaidong, newFolder, type Service, startService } from '../contracts/kaidong.ts';
import { connectPublisher } from '../contracts/publisher.ts';
import { mosquittoAvailable, startMosquitto } from './mosquitto.ts';

const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const OWN = `kaidong/v1/${MACHINE}`;

const rule = (topic: string, signal: string): string =>
  `  - { id: ${signal}, topic: '${topic}', machine: ${MACHINE}, time: /ts, signals: { ${signal}: /v } }\n`;

/** A platform at a real broker, under a configuration that can be written anew. */
async function world(rules: string, mqtt = '') {
  const mosquitto = await startMosquitto();
  onTestFinished(() => mosquitto[Symbol.asyncDispose]());
  const folder = newFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const config = folder.file('kaidong.yaml');
  const write = (text: string): void =>
    writeFileSync(
      config,
      `mqtt: { url: '${mosquitto.url}'${mqtt} }\ndata: { dir: ${folder.file('data')} }\n${text}`,
    );
  write(rules);
  const start = async (): Promise<Service> => {
    const service = await startService({ cwd: folder.path, args: ['--config', config] });
    onTestFinished(() => service[Symbol.asyncDispose]());
    return service;
  };
  const publisher = await connectPublisher(mosquitto.url);
  onTestFinished(() => publisher[Symbol.asyncDispose]());
  const run = (command: string) => kaidong([command, '--json', '--config', config], { cwd: folder.path });
  return { write, start, publisher, reload: () => run('reload'), suggest: () => run('suggest') };
}

const messagesOf = async (service: Service): Promise<Json> =>
  (await service.get('/api/v1/ingest/books')).body.messages;

/** A mark behind all that was published before, by the same publisher. */
let marks = 0;
async function settled(
  service: Service,
  publish: (topic: string, payload: unknown) => Promise<void>,
): Promise<Json> {
  const mark = ++marks;
  await publish(`${OWN}/mark`, { ts: Date.now(), value: mark });
  await vi.waitFor(
    async () => {
      const { body } = await service.get(`/api/v1/machines/${MACHINE}`);
      expect(body.signals?.find(({ name }: Json) => name === 'mark')?.value).toBe(mark);
    },
    { timeout: 30_000, interval: 50 },
  );
  return messagesOf(service);
}

describe.skipIf(!mosquittoAvailable())('mapping rules at a real mosquitto', () => {
  test('rules whose topics overlap get each message once, and what only came along is ignored', async () => {
    const { start, publisher } = await world(`rules:\n${rule('f/+/a', 'one')}${rule('f/x/+', 'two')}`);
    const service = await start();
    await publisher.publish('f/x/a', { ts: Date.now(), v: 1 });
    await publisher.publish('f/x/b', { ts: Date.now(), v: 2 });
    await publisher.publish('f/y/b', { ts: Date.now(), v: 3 });
    expect(await settled(service, publisher.publish)).toMatchObject({
      received: 4,
      stored: 3,
      duplicate: 0,
      refused: 0,
      ignored: 1,
    });
  });

  test('a reload takes up new topics and lets go of old ones within the session, under load', async () => {
    const { start, publisher, reload, write } = await world(
      `rules:\n${rule('f/#', 'one')}${rule('g/#', 'two')}`,
    );
    const service = await start();
    const from = Date.now() - 100_000;
    let sent = 0;
    let stop = false;
    const load = (async () => {
      while (!stop) {
        const batch = Array.from({ length: 50 }, () =>
          publisher.publish('f/x', { ts: from + ++sent, v: sent }),
        );
        await Promise.all(batch);
      }
    })();
    write(`rules:\n${rule('f/#', 'one')}${rule('h/+', 'three')}`);
    const answer = await reload();
    expect(answer).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(answer.stdout)).toEqual({
      applied: ['rules'],
      restart: [],
      rules: { added: ['three'], changed: [], removed: ['two'], total: 2 },
    });
    await publisher.publish('g/x', { ts: Date.now(), v: 1 });
    await publisher.publish('h/x', { ts: Date.now(), v: 1 });
    stop = true;
    await load;
    const books = await settled(service, publisher.publish);
    expect(books).toMatchObject({
      received: sent + 2,
      stored: sent + 2,
      duplicate: 0,
      refused: 0,
      ignored: 0,
    });
    const { body } = await service.get('/readyz');
    const broker = body.parts.find(({ part }: Json) => part === 'broker' || part === 'mqtt');
    expect(broker).toMatchObject({ ok: true });
  });

  test('a configuration with a mistake changes nothing; SIGHUP reads it again as well', async () => {
    const { start, publisher, reload, write } = await world(`rules:\n${rule('f/#', 'one')}`);
    const service = await start();
    write(`rules:\n${rule('f/#', 'one').replace('/v', 'v')}`);
    const wrong = await reload();
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('"v" leads nowhere');
    await publisher.publish('f/x', { ts: Date.now(), v: 1 });
    write(`rules:\n${rule('f/#', 'one')}${rule('h/+', 'three')}`);
    process.kill(service.ready.pid as number, 'SIGHUP');
    await vi.waitFor(
      async () => {
        const { body } = await service.post('/api/v1/ingest/explain', { topic: 'h/x', payload: { v: 1 } });
        expect(body.rule).toBe('three');
      },
      { timeout: 30_000, interval: 50 },
    );
    expect(await settled(service, publisher.publish)).toMatchObject({ received: 2, stored: 2 });
    expect((await service.stop()).stderr).toContain('reload: rules changed');
  });

  test('what is looked at under # gets a proposal; our own topics are stored, and Sparkplug comes another way', async () => {
    const { start, publisher, suggest } = await world('', ", discover: ['#']");
    const service = await start();
    await publisher.publish('spBv1.0/g/NDATA/n', 'x');
    for (const n of [1, 2, 3])
      await publisher.publish(`factory/line1/m${n}/data`, { temp: n, ts: Date.now() });
    expect(await settled(service, publisher.publish)).toMatchObject({
      received: 4,
      stored: 1,
      ignored: 3,
      refused: 0,
    });
    const { body } = await service.get('/api/v1/ingest/suggestions');
    expect(body).toMatchObject({
      topics: 3,
      others: 0,
      suggestions: [{ topics: 'factory/{line}/{machine}/data', messages: 3, mapped: 3 }],
    });
    const told = await suggest();
    expect(JSON.parse(told.stdout).suggestions[0].yaml).toBe(body.suggestions[0].yaml);
  });

  test('a rule that went while the platform was away is no longer subscribed', async () => {
    const { start, publisher, write } = await world(`rules:\n${rule('g/#', 'two')}`);
    const before = await start();
    await publisher.publish('g/x', { ts: Date.now(), v: 1 });
    expect(await settled(before, publisher.publish)).toMatchObject({ stored: 2 });
    await before.stop();
    write('');
    const after = await start();
    await publisher.publish('g/x', { ts: Date.now(), v: 2 });
    expect(await settled(after, publisher.publish)).toMatchObject({ received: 3, stored: 3, refused: 0 });
  });
});
