import { expect, onTestFinished, test } from 'vitest';
import { openClaimedInstants } from '../../registry/claimed-instants.ts';
import { openForTest } from '../registry/open.ts';
import { bench, MACHINE, message, NOW, send, TOPIC, tempDir } from './harness.ts';
import { mappingOf } from './rules.ts';

/** Workers that share a store, a registry and the claims, each on a folder of its own. */
function workshop(caps = { maxMachines: 100, maxSignalsPerMachine: 10 }) {
  const parts = bench();
  const dir = tempDir();
  const clock = { now: NOW };
  let count = 0;
  return {
    parts,
    clock,
    async worker(name = `w${++count}`) {
      const registry = openForTest({ dir });
      const claimed = openClaimedInstants({ dir, now: () => clock.now });
      onTestFinished(() => claimed[Symbol.dispose]());
      const { agree, of } = registry.signalCatalogue;
      const ingest = await parts.start({
        dataDir: tempDir(),
        catalogue: registry.signalCatalogue,
        shared: { agree, of, claim: claimed.claim, claimAt: claimed.claimAt },
        quarantine: registry.quarantine,
        replayHolds: registry.replayHolds.of(name),
        now: () => clock.now,
        caps,
      });
      return Object.assign(ingest, { registry });
    },
    async stored(signal: string) {
      const points = await parts.store
        .open()
        .points({ machine: MACHINE, signal, from: NOW - 1e6, to: NOW + 1e6, everyMs: null });
      return points as readonly (readonly [number, unknown])[];
    },
  };
}

test('values without a time that come to two workers at the same moment are all stored', async () => {
  const { worker, stored } = workshop();
  const workers = [await worker(), await worker()];
  await Promise.all(
    Array.from({ length: 100 }, (_, n) => send(workers[n % 2]!, message(`${TOPIC}/power`, { value: n }))),
  );
  for (const ingest of workers) await ingest.drained();
  const points = await stored('power');
  expect(points.map(([, value]) => value as number).sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
  expect(points.map(([ts]) => ts)).toEqual(Array.from({ length: 100 }, (_, n) => NOW + n));
  for (const ingest of workers) {
    expect(ingest.books().messages).toMatchObject({ received: 50, stored: 50 });
    expect(ingest.books().observations).toMatchObject({
      received: 50,
      stored: 50,
      replaced: 0,
      duplicate: 0,
    });
  }
});

test('a type that another worker pinned holds here: what fits is coerced, what does not is refused', async () => {
  const { worker, stored } = workshop();
  const [one, other] = [await worker(), await worker()];
  await send(one, message(`${TOPIC}/mode`, { ts: NOW, value: 'auto' }));
  await send(other, message(`${TOPIC}/mode`, { ts: NOW + 1, value: 7 }));
  await send(other, message(TOPIC, { ts: NOW + 2, mode: 'manual', speed: 3 }));
  await send(one, message(TOPIC, { ts: NOW + 3, speed: 'fast', mode: 'off' }));
  for (const ingest of [one, other]) await ingest.drained();
  expect((await stored('mode')).map(([, value]) => value)).toEqual(['auto', 'manual', 'off']);
  expect((await stored('speed')).map(([, value]) => value)).toEqual([3]);
  expect(other.books().messages).toMatchObject({ received: 2, stored: 1, refused: 1 });
  expect(one.books().observations).toMatchObject({ received: 3, stored: 2, refused: 1 });
  expect([...one.registry.signalCatalogue.load()]).toEqual([
    { machine: MACHINE, signal: 'mode', type: 'text' },
    { machine: MACHINE, signal: 'speed', type: 'double' },
  ]);
});

test('explain knows what another worker pinned', async () => {
  const { worker } = workshop();
  const [one, other] = [await worker(), await worker()];
  await send(one, message(`${TOPIC}/mode`, { ts: NOW, value: 'auto' }));
  const { refused, observations } = other.explain({
    topic: `${TOPIC}/mode`,
    payload: Buffer.from('{"value":7}'),
  });
  expect([refused.map(({ code }) => code), observations]).toEqual([['type-drift'], []]);
});

test('the caps on names hold over all workers', async () => {
  const { worker } = workshop({ maxMachines: 3, maxSignalsPerMachine: 2 });
  const workers = [await worker(), await worker()];
  const machine = (n: number) => `kaidong/v1/acme/zhoushan/hall/line1/m${n}`;
  for (let n = 0; n < 6; n++) await send(workers[n % 2]!, message(machine(n), { ts: NOW, a: n }));
  for (const ingest of workers) await ingest.drained();
  expect(workers.map((ingest) => ingest.books().messages)).toMatchObject([
    { stored: 2, refused: 1 },
    { stored: 1, refused: 2 },
  ]);
  for (const [n, signal] of ['b', 'c', 'd'].entries())
    await send(workers[n % 2]!, message(machine(0), { ts: NOW + 1 + n, [signal]: 1 }));
  for (const ingest of workers) await ingest.drained();
  const pinned = [...workers[0]!.registry.signalCatalogue.load()];
  expect(pinned.map(({ machine: path, signal }) => `${path.slice(-2)} ${signal}`)).toEqual([
    'm0 a',
    'm0 b',
    'm1 a',
    'm2 a',
  ]);
  expect([...parts(workers)].map(({ code }) => code)).toEqual(Array(5).fill('too-many-names'));
});

const parts = (workers: readonly Awaited<ReturnType<ReturnType<typeof workshop>['worker']>>[]) =>
  workers[0]!.refused({ limit: 10 }).items;

test('a retained message without a time pins nothing and claims nothing', async () => {
  const { worker } = workshop();
  const ingest = await worker();
  await send(ingest, message(`${TOPIC}/mode`, { value: 'auto' }, { retain: true }));
  expect(ingest.books().messages).toMatchObject({ received: 1, ignored: 1 });
  expect([...ingest.registry.signalCatalogue.load()]).toEqual([]);
});

const POWER_RULE = {
  topic: 'meters/{id}',
  machine: MACHINE,
  signals: { power: '/power' },
};

test('retained messages without a time that a rule takes claim instants like any other', async () => {
  const { worker, stored } = workshop();
  const workers = [await worker(), await worker()];
  for (const ingest of workers) ingest.remap(mappingOf([{ ...POWER_RULE, retained: 'take' }]));
  await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      send(workers[n % 2]!, message('meters/m1', { power: n }, { retain: true })),
    ),
  );
  for (const ingest of workers) await ingest.drained();
  expect((await stored('power')).map(([ts]) => ts)).toEqual(Array.from({ length: 20 }, (_, n) => NOW + n));
});

test('a replay forges no state from a retained message without a time', async () => {
  const { worker, stored } = workshop();
  const ingest = await worker();
  await send(ingest, message('meters/m1', { power: 5 }, { retain: true }));
  await ingest.drained();
  ingest.remap(mappingOf([POWER_RULE]));
  await ingest.replay({ topic: 'meters/m1' });
  await ingest.drained();
  expect(ingest.books().messages).toMatchObject({ received: 1, refused: 0, ignored: 1 });
  expect([...ingest.registry.signalCatalogue.load()]).toEqual([]);
  expect(await stored('power')).toEqual([]);
});

test('what a worker cannot agree on waits unacknowledged, and is stored when it can', async () => {
  const { parts: shared, stored } = workshop();
  const registry = openForTest({ dir: tempDir() });
  const { agree, of } = registry.signalCatalogue;
  let away = true;
  const ingest = await shared.start({
    dataDir: tempDir(),
    catalogue: registry.signalCatalogue,
    shared: {
      of,
      agree: (series, caps) => {
        if (away) throw new Error('database is locked');
        return agree(series, caps);
      },
      claim: (readings) => readings.map(({ earliest }) => earliest),
      claimAt: () => true,
    },
  });
  let acknowledged = false;
  const sent = send(ingest, message(`${TOPIC}/power`, { value: 5 })).then(() => {
    acknowledged = true;
  });
  while (!shared.events.some(({ event }) => event === 'names-agree-failed')) await new Promise(setImmediate);
  expect([acknowledged, ingest.books().messages]).toMatchObject([false, { received: 1, inFlight: 1 }]);
  away = false;
  await sent;
  await ingest.drained();
  expect((await stored('power')).map(([, value]) => value)).toEqual([5]);
});
