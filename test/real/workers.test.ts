import { isDeepStrictEqual } from 'node:util';
import mqtt from 'mqtt';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type Environment,
  kaidong,
  newFolder,
  type Service,
  startService,
  until,
} from '../contracts/kaidong.ts';
import { connectPublisher } from '../contracts/publisher.ts';
import { HandIntake } from '../ingest/edge/intake.ts';
import { mqttForTest } from '../ingest/edge/mqtt-for-test.ts';
import { startEdgeNode } from '../ingest/sparkplug/edge-node.ts';
import { type Influxd, skipWithoutInfluxd, startInfluxd } from './influxd.ts';
import {
  type Mosquitto,
  type MosquittoOptions,
  mosquittoAvailable,
  mosquittoVersion,
  startMosquitto,
} from './mosquitto.ts';

const HALL = 'acme/zhoushan/hall/line1';
/** No multiple of the number of workers: each machine's messages come to all of them. */
const MACHINES = 7;
/** A third of an hour ago: what comes late into an hour that goes on is judged at once, not when that is recorded. */
const T0 = Math.floor(Date.now() / 1000) * 1000 - 20 * 60_000;

/** A data folder, a broker and a store that workers share. */
async function hall(options?: MosquittoOptions) {
  const mosquitto = await startMosquitto(options);
  onTestFinished(() => mosquitto[Symbol.asyncDispose]());
  const influxd = await startInfluxd();
  onTestFinished(() => influxd[Symbol.asyncDispose]());
  const folder = newFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const environment = environmentOf(mosquitto, influxd);
  const start = async (role: string, args: string[] = [], more: Environment = {}): Promise<Service> => {
    const service = await startService({
      ...{ cwd: folder.path, role, args },
      environment: { ...environment, ...more },
    });
    onTestFinished(() => service[Symbol.asyncDispose]());
    return service;
  };
  return {
    ...{ mosquitto, influxd, folder, environment },
    worker: (name: string, more?: Environment) => start('ingest', ['--worker', name], more),
    alone: () => start('ingest'),
    analysis: () => start('analysis'),
    api: () => start('api'),
  };
}

const environmentOf = (mosquitto: Mosquitto, influxd: Influxd) => ({
  KAIDONG__MQTT__URL: mosquitto.url,
  KAIDONG__STORE__KIND: 'influxdb1',
  KAIDONG__STORE__URL: influxd.url,
});

/** Every stored value of a field, by machine: `[instant, value]`, ascending. */
async function storedOf(influxd: Influxd, field: string): Promise<Map<string, [number, unknown][]>> {
  const { results } = (await influxd.query(
    `SELECT "${field}" FROM signals GROUP BY machine`,
    'kaidong',
  )) as unknown as { results: { series?: { tags: { machine: string }; values: [number, unknown][] }[] }[] };
  return new Map((results[0]?.series ?? []).map(({ tags, values }) => [tags.machine, values]));
}

const books = async (api: Service) => (await api.get('/api/v1/ingest/books')).body;

/** The books once as many messages came, and nothing is under way. */
const booksOf = (api: Service, received: number) =>
  until(
    () => books(api),
    ({ messages }) => messages?.received >= received && messages.spooled === 0 && messages.inFlight === 0,
  );

const balance = ({ received, ...fates }: Record<string, number>): number =>
  (received as number) - Object.values(fates).reduce((sum, count) => sum + count, 0);

describe.skipIf(!mosquittoAvailable() || skipWithoutInfluxd())('several workers', () => {
  test('what happens to values is listed once, whoever took them and was killed; a counter falls where it fell', async () => {
    const { worker, analysis, api: startApi, mosquitto } = await hall();
    const rules = [{ scope: 'acme', signal: 'heat', max: 10, outOfRange: 'flag' }];
    const settings = { KAIDONG__SIGNALS: JSON.stringify(rules) };
    const first = await worker('w1', settings);
    await worker('w2', settings);
    await analysis();
    const api = await startApi();
    await using machine = await connectPublisher(mosquitto.url);
    const MADE = 100;
    const send = async (from: number, to: number): Promise<void> => {
      const sent: Promise<unknown>[] = [];
      for (let n = from; n < to; n++) {
        const values = { ts: T0 + n * 1000, count: (n % MADE) + 1, heat: 11, energy: n };
        sent.push(machine.publish(`kaidong/v1/${HALL}/m${n % 3}`, values));
      }
      await Promise.all(sent);
    };
    await send(0, 600);
    const burst = send(600, 900);
    await until(
      () => books(api),
      ({ messages }) => messages?.received > 600,
    );
    await first.kill();
    await burst;
    await worker('w1', settings);
    const { observations } = await booksOf(api, 900);
    // What a killed worker had made durable and didn't acknowledge may count as stored twice, here as in the books.
    const taken = (observations.stored as number) / 3;
    // Each machine's counter falls eight times: at the first value of every hundred after the first.
    const expected = Array.from({ length: 8 }, (_, hundred) =>
      [0, 1, 2].map((late) => (hundred + 1) * MADE + late),
    )
      .flat()
      .map((n) => `${n % 3} ${n}`)
      .sort();
    const fallsIn = (items: { kind: string; from: string; machine: string }[]): readonly string[] =>
      items
        .filter(({ kind }) => kind === 'reset')
        .map(({ from, machine: path }) => `${path.at(-1)} ${(Date.parse(from) - T0) / 1000}`)
        .sort();
    // Where a killed worker's part comes late, it fell at a later value until that is judged again.
    const listed = await until(
      () => api.get('/api/v1/ingest/corrections?limit=1000'),
      ({ body }) => {
        const count = (kind: string): number =>
          body.totals.find((one: { kind: string }) => one.kind === kind)?.count ?? 0;
        return count('out-of-range') >= taken && isDeepStrictEqual(fallsIn(body.items), expected);
      },
    );
    expect(listed.body.totals).toEqual([
      { kind: 'out-of-range', action: 'flagged', count: taken, listed: taken },
      { kind: 'reset', action: 'flagged', count: 24, listed: 24 },
    ]);
  });

  test('one is killed in mid-stream and returns: every message is stored once, and the books of all balance', async () => {
    const { influxd, worker, api: startApi, mosquitto } = await hall();
    const first = await worker('w1');
    await worker('w2');
    const api = await startApi();
    await using machine = await connectPublisher(mosquitto.url);
    const send = async (from: number, to: number): Promise<void> => {
      const sent: Promise<unknown>[] = [];
      for (let n = from; n < to; n++) {
        sent.push(machine.publish(`kaidong/v1/${HALL}/m${n % MACHINES}/count`, { ts: T0 + n, value: n }));
      }
      await Promise.all(sent);
    };
    await send(0, 3000);
    const burst = send(3000, 6000);
    await until(
      () => books(api),
      ({ messages }) => messages?.received > 3000,
    );
    await first.kill();
    await burst;
    await send(6000, 8000);
    const away = await until(
      () => api.get('/readyz'),
      ({ status }) => status === 503,
    );
    expect(away.body.parts).toContainEqual(
      expect.objectContaining({
        part: 'ingest w1',
        ok: false,
        detail: expect.stringContaining('the broker keeps'),
      }),
    );
    expect(away.body.parts).toContainEqual(expect.objectContaining({ part: 'ingest w2', ok: true }));
    expect((await books(api)).messages.received).toBeLessThan(8000);

    await worker('w1');
    const { messages, observations, workers } = await booksOf(api, 8000);
    const stored = await storedOf(influxd, 'count');
    const numbers = [...stored.values()].flat().map(([, value]) => value as number);
    expect(numbers.sort((a, b) => a - b)).toEqual([...Array(8000).keys()]);
    for (const [name, points] of stored) {
      for (const [ts, value] of points)
        expect([name, ts]).toEqual([`m${(value as number) % MACHINES}`, T0 + (value as number)]);
    }
    expect({ messages, observations }).toMatchObject({
      messages: { received: 8000, stored: 8000, duplicate: 0, refused: 0 },
      observations: { received: 8000, stored: 8000, duplicate: 0, replaced: 0 },
    });
    expect([balance(messages), balance(observations)]).toEqual([0, 0]);
    expect(
      workers.map(({ worker: name, running }: { worker: string; running: boolean }) => [name, running]),
    ).toEqual([
      ['w1', true],
      ['w2', true],
    ]);
    for (const { received } of workers) expect(received).toBeGreaterThan(1000);
    await until(
      () => api.get('/readyz'),
      ({ status }) => status === 200,
    );
    const metrics = (await api.get('/metrics')).body as string;
    expect(metrics).toContain('kaidong_worker_up{worker="w1"} 1');
    expect(metrics).toContain('kaidong_messages_total{fate="stored"} 8000');
  });

  test('messages without a time get instants that no two of a series share, also over a kill', async () => {
    const { influxd, worker, api: startApi, mosquitto } = await hall();
    const first = await worker('w1');
    await worker('w2');
    await worker('w3');
    const api = await startApi();
    await using machine = await connectPublisher(mosquitto.url);
    const send = (from: number, to: number) =>
      Promise.all(
        Array.from({ length: to - from }, (_, n) =>
          machine.publish(`kaidong/v1/${HALL}/m0/power`, { value: from + n }),
        ),
      );
    await send(0, 1500);
    const burst = send(1500, 3000);
    await until(
      () => books(api),
      ({ messages }) => messages?.received > 1500,
    );
    await first.kill();
    await burst;
    await worker('w1');
    await send(3000, 4000);
    await booksOf(api, 4000);
    const points = (await storedOf(influxd, 'power')).get('m0') ?? [];
    expect(points.map(([, value]) => value as number).sort((a, b) => a - b)).toEqual([...Array(4000).keys()]);
    expect(new Set(points.map(([ts]) => ts)).size).toBe(4000);
  });

  test('the first value of a series pins its type for all workers, whichever of them it came to', async () => {
    const { influxd, worker, api: startApi, mosquitto } = await hall();
    await worker('w1');
    await worker('w2');
    const api = await startApi();
    await using one = await connectPublisher(mosquitto.url);
    await using other = await connectPublisher(mosquitto.url);
    const SIGNALS = 100;
    const sent: Promise<unknown>[] = [];
    for (let n = 0; n < SIGNALS; n++) {
      const topic = `kaidong/v1/${HALL}/m${n % 4}/signal${n}`;
      sent.push(
        one.publish(topic, { ts: T0 + 1, value: n }),
        other.publish(topic, { ts: T0 + 2, value: `word ${n}` }),
      );
    }
    await Promise.all(sent);
    const { messages } = await booksOf(api, 2 * SIGNALS);
    expect(messages).toMatchObject({ received: 2 * SIGNALS, stored: SIGNALS, refused: SIGNALS });
    const { results } = (await influxd.query('SHOW FIELD KEYS FROM signals', 'kaidong')) as unknown as {
      results: { series: { values: [string, string][] }[] }[];
    };
    const fields = results[0]?.series[0]?.values.map(([field]) => field) ?? [];
    const names = fields
      .filter((field) => field.startsWith('signal'))
      .map((field) => field.replace(/__s$/, ''));
    expect(names).toHaveLength(SIGNALS);
    expect(new Set(names).size).toBe(SIGNALS);
    const refused = (await api.get('/api/v1/ingest/refused?limit=500')).body.items;
    expect(refused.every(({ code }: { code: string }) => code === 'type-drift')).toBe(true);
    expect(refused).toHaveLength(SIGNALS);
  });

  test('a worker runs once, beside no ingest that is alone, and another answers for it when it is away', async () => {
    const { worker, folder, environment, api: startApi } = await hall();
    const first = await worker('w1');
    const options = { cwd: folder.path, environment };
    const again = await kaidong(['ingest', '--worker', 'w1'], options);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('worker w1 runs already')]);
    const alone = await kaidong(['ingest'], options);
    expect([alone.code, alone.stderr]).toEqual([1, expect.stringContaining('another process uses')]);
    const serve = await kaidong(['serve'], {
      ...options,
      environment: { ...environment, KAIDONG__INGEST__WORKER: 'w2' },
    });
    expect([serve.code, serve.stderr]).toEqual([
      1,
      expect.stringContaining('"kaidong serve" shares with nobody'),
    ]);
    const path = await kaidong(['ingest', '--worker', '../w2'], options);
    expect([path.code, path.stderr]).toEqual([2, expect.stringContaining('--worker ../w2')]);
    await worker('w2');
    await first.kill();
    const api = await startApi();
    const explained = await api.post('/api/v1/ingest/explain', {
      topic: `kaidong/v1/${HALL}/m1`,
      payload: '{"state":"running"}',
    });
    expect(explained).toMatchObject({ status: 200, body: { rule: 'default-topic' } });
    const cli = await kaidong(['explain', `kaidong/v1/${HALL}/m1`, '--payload', '{"state":"idle"}'], options);
    expect(cli).toMatchObject({ code: 0, stderr: '' });
  });

  test('a backup takes along what a worker that is away acknowledged and did not store', async () => {
    const { influxd, worker, folder, environment, mosquitto, api: startApi } = await hall();
    const options = { cwd: folder.path, environment };
    const first = await worker('w1');
    await worker('w2');
    const api = await startApi();
    await using machine = await connectPublisher(mosquitto.url);
    await machine.publish(`kaidong/v1/${HALL}/m0/count`, { ts: T0, value: 0 });
    await machine.publish(`kaidong/v1/${HALL}/m0/count`, { ts: T0 + 1, value: 1 });
    await booksOf(api, 2);
    await influxd.stop();
    for (let n = 2; n < 200; n++)
      await machine.publish(`kaidong/v1/${HALL}/m0/count`, { ts: T0 + n, value: n });
    const { workers } = await until(
      () => books(api),
      ({ messages }) => messages.spooled === 198,
    );
    expect(workers.every(({ spoolBytes }: { spoolBytes: number }) => spoolBytes > 0)).toBe(true);
    await first.kill();
    await influxd.start();
    await until(
      () => storedOf(influxd, 'count').then((stored) => stored.get('m0')?.length ?? 0),
      (count) => count === 101,
    );
    const backup = await kaidong(['backup', 'copy'], options);
    expect(backup).toMatchObject({ code: 0, stderr: '' });

    const elsewhere = { ...environment, KAIDONG__DATA__DIR: 'elsewhere' };
    expect(await kaidong(['restore', 'copy'], { ...options, environment: elsewhere })).toMatchObject({
      code: 0,
    });
    const restored = await startService({
      cwd: folder.path,
      role: 'ingest',
      args: ['--worker', 'w1'],
      environment: elsewhere,
    });
    await until(
      () => storedOf(influxd, 'count').then((stored) => stored.get('m0')?.length ?? 0),
      (count) => count === 200,
    );
    await restored.stop();
  });
});

describe.skipIf(!mosquittoAvailable() || skipWithoutInfluxd())('who is not needed any more', () => {
  const numbersOf = async (influxd: Influxd) =>
    [...(await storedOf(influxd, 'count')).values()]
      .flat()
      .map(([, value]) => value as number)
      .sort((a, b) => a - b);

  test('a worker leaves: what waited for it is stored, and nothing waits for it any more', async () => {
    const { influxd, worker, folder, environment, mosquitto, api: startApi } = await hall();
    const options = { cwd: folder.path, environment };
    const first = await worker('w1');
    await worker('w2');
    const api = await startApi();
    await using machine = await connectPublisher(mosquitto.url);
    const send = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n++)
        await machine.publish(`kaidong/v1/${HALL}/m${n % MACHINES}/count`, { ts: T0 + n, value: n });
    };
    await first.kill();
    await send(0, 500);
    const left = await kaidong(['ingest', '--worker', 'w1', '--leave', '--json'], options);
    expect(left).toMatchObject({ code: 0, stdout: expect.stringContaining('"event":"left"') });
    await send(500, 1000);
    const { messages, workers } = await booksOf(api, 1000);
    expect(messages).toMatchObject({ received: 1000, stored: 1000 });
    expect(workers).toMatchObject([
      { worker: 'w1', running: false, leftAt: expect.any(String), received: 250 },
      { worker: 'w2', running: true, leftAt: null, received: 750 },
    ]);
    expect(await numbersOf(influxd)).toEqual([...Array(1000).keys()]);
    const { status, body } = await api.get('/readyz');
    expect([status, body.parts.map(({ part }: { part: string }) => part)]).toEqual([
      200,
      ['ingest w2', 'broker w2', 'spool w2', 'store w2', 'analysis'],
    ]);
    const last = await kaidong(['ingest', '--worker', 'w3', '--leave'], options);
    expect([last.code, last.stderr, last.stdout]).toEqual([
      0,
      expect.stringContaining('nothing waits'),
      'worker w3 has left; its books (0 messages) count on\n',
    ]);
  });

  test('one ingest is replaced by workers, with a backlog at the broker and in its journal', async () => {
    const { influxd, worker, alone, folder, environment, mosquitto, api: startApi } = await hall();
    const options = { cwd: folder.path, environment };
    const before = await alone();
    const api = await startApi();
    await using machine = await connectPublisher(mosquitto.url);
    const send = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n++)
        await machine.publish(`kaidong/v1/${HALL}/m${n % MACHINES}/count`, { ts: T0 + n, value: n });
    };
    await influxd.stop();
    await send(0, 200);
    await until(
      () => books(api),
      ({ messages }) => messages?.spooled === 200,
    );
    await before.kill();
    await influxd.start();
    const early = await kaidong(['ingest', '--leave'], options);
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('no other worker runs')]);
    await send(200, 400);
    await worker('w1');
    await worker('w2');
    await send(400, 600);
    const left = await kaidong(['ingest', '--leave'], options);
    expect(left.code).toBe(0);
    await send(600, 800);
    // What came between the start of the workers and the leaving came to both, and may be recognised where it came second.
    const { messages } = await booksOf(api, 1000);
    expect([messages.received, messages.stored + messages.duplicate]).toEqual([1000, 1000]);
    expect(await numbersOf(influxd)).toEqual([...Array(800).keys()]);
    await until(
      () => api.get('/readyz'),
      ({ status }) => status === 200,
    );
    const embedded = await kaidong(['ingest', '--leave'], { cwd: folder.path });
    expect([embedded.code, embedded.stderr]).toEqual([2, expect.stringContaining('outside broker')]);
  });
});

describe.skipIf(!mosquittoAvailable() || skipWithoutInfluxd())('Sparkplug is divided by group', () => {
  const press = (count: number) => [
    { name: 'state', alias: 1, datatype: 12, value: { string_value: 'running' } },
    { name: 'count', alias: 2, datatype: 8, value: { long_value: count } },
  ];

  test('each worker is the host of its own groups; when one is killed the other goes on', async () => {
    const { influxd, worker, mosquitto, api: startApi } = await hall();
    const host = (hostId: string, groups: string) => ({
      KAIDONG__SPARKPLUG__HOST_ID: hostId,
      KAIDONG__SPARKPLUG__GROUPS: groups,
      KAIDONG__SPARKPLUG__REBIRTH_INTERVAL_SECONDS: '1',
    });
    const states = new Map<string, boolean>();
    const watch = await mqtt.connectAsync(mosquitto.url);
    onTestFinished(() => watch.endAsync(true));
    watch.on('message', (topic, payload) =>
      states.set(topic.slice('spBv1.0/STATE/'.length), JSON.parse(String(payload)).online),
    );
    await watch.subscribeAsync('spBv1.0/STATE/+', { qos: 1 });
    const stateIs = (north: boolean, south: boolean) =>
      until(
        async () => [states.get('north'), states.get('south')],
        (now) => now[0] === north && now[1] === south,
      );
    const first = await worker('w1', host('north', 'North'));
    await worker('w2', host('south', 'South'));
    const api = await startApi();
    await stateIs(true, true);
    const node = (group: string) =>
      startEdgeNode({ url: mosquitto.url, group, node: 'gateway', devices: { press: press(1) } });
    const north = await node('North');
    const south = await node('South');
    await north.birth();
    await south.birth();
    const counts = async () => {
      const { results } = (await influxd.query(
        'SELECT count("count__i") FROM signals GROUP BY enterprise',
        'kaidong',
      )) as unknown as {
        results: { series?: { tags: { enterprise: string }; values: [number, number][] }[] }[];
      };
      return Object.fromEntries(
        (results[0]?.series ?? []).map(({ tags, values }) => [tags.enterprise, values[0]?.[1]]),
      );
    };
    const stored = (inNorth: number, inSouth: number) =>
      until(counts, (now) => now.North === inNorth && now.South === inSouth);
    await stored(1, 1);
    await north.data('press', { 2: { long_value: 2 } }, Date.now());
    await south.data('press', { 2: { long_value: 2 } }, Date.now());
    await stored(2, 2);

    await first.kill();
    await stateIs(false, true);
    await south.data('press', { 2: { long_value: 3 } }, Date.now());
    await stored(2, 3);
    await worker('w1', host('north', 'North'));
    await stateIs(true, true);
    // What the node sends is known again once it was born anew, which the host that is back asks for.
    await until(
      async () => {
        await north.data('press', { 2: { long_value: 4 } }, Date.now());
        return north.asked;
      },
      (asked) => asked > 0,
    );
    const before = (await counts()).North as number;
    await north.data('press', { 2: { long_value: 5 } }, Date.now());
    await until(counts, (now) => (now.North as number) > before);
    const { sources } = await until(
      () => books(api),
      // None are published in the first second.
      (now) => now.sources?.length === 2,
    );
    expect(sources.map(({ source }: { source: string }) => source)).toEqual([
      'North/gateway',
      'South/gateway',
    ]);
    expect(south.asked).toBe(0);
  });
});

/** What docs/scaling.md says of the broker, and what the settings there are for. */
describe.skipIf(!mosquittoAvailable())('what mosquitto holds for a worker that is away', () => {
  const shared = async (options?: MosquittoOptions) => {
    const mosquitto = await startMosquitto(options);
    onTestFinished(() => mosquitto[Symbol.asyncDispose]());
    const join = async (clientId: string, automatic: boolean) => {
      const client = mqttForTest({
        ...{ url: mosquitto.url, clientId, shareGroup: 'kaidong' },
        intake: new HandIntake({ automatic }),
      });
      await client.until(({ connected }) => connected);
      return client;
    };
    const publish = async (from: number, to: number): Promise<void> => {
      await using machine = await connectPublisher(mosquitto.url);
      for (let n = from; n < to; n++) await machine.publish(`kaidong/v1/${HALL}/m1`, String(n));
    };
    return { mosquitto, join, publish };
  };
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

  test('its part of the messages waits for it, in order, and nobody else gets it', async () => {
    const { join, publish } = await shared();
    const first = await join('w1', false);
    const second = await join('w2', true);
    await publish(0, 10);
    await first.intake.got(5);
    await first.edge.close();
    await publish(10, 30);
    await second.intake.got(15);
    const again = await join('w1', true);
    await again.intake.got(15);
    const numbers = again.intake.texts.map(Number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(again.intake.accepted.map(({ message }) => message.delivery?.dup)).toEqual(
      range(0, 15).map((n) => n < 5),
    );
    expect([...numbers, ...second.intake.texts.map(Number)].sort((a, b) => a - b)).toEqual(range(0, 30));
  });

  test('beyond max_queued_messages its part is lost, although another worker is free', async () => {
    const { join, publish } = await shared({ maxQueuedMessages: 5 });
    const first = await join('w1', true);
    const second = await join('w2', true);
    await first.edge.close();
    await publish(0, 40);
    await second.intake.got(20);
    const again = await join('w1', true);
    await again.intake.got(5);
    await publish(40, 42);
    await second.intake.got(21);
    expect(again.intake.accepted.length + second.intake.accepted.length).toBe(5 + 20 + 2);
  });

  test.skipIf(mosquittoVersion() !== '2.0.11')(
    'a restarted broker forgets who shares, until the workers are back',
    async () => {
      const { mosquitto, join, publish } = await shared();
      const first = await join('w1', true);
      await publish(0, 4);
      await first.intake.got(4);
      await first.edge.close();
      await mosquitto.stop();
      await mosquitto.start();
      await publish(4, 8);
      const again = await join('w1', true);
      await publish(8, 12);
      await again.intake.got(4);
      expect(again.intake.texts).toEqual(['8', '9', '10', '11']);
    },
  );
});
