import { expect, onTestFinished, test } from 'vitest';
import { imbalance } from '../../domain/books.ts';
import type { Ingest } from '../../ingest/create-ingest.ts';
import type { IngestOptions } from '../../ingest/ingest.ts';
import { openClaimedInstants } from '../../registry/claimed-instants.ts';
import { openForTest } from '../registry/open.ts';
import { bench, MACHINE, message, NOW, send, TOPIC, tempDir } from './harness.ts';
import { mappingOf } from './rules.ts';

const RULE = { topic: 'meters/{id}', machine: MACHINE, signals: { power: '/power' } };

/** Workers that share a store, a registry and the claims; each has a journal of its own, and finds it again by its name. */
function workshop() {
  const parts = bench({ keepsPosition: true });
  const dir = tempDir();
  const journals = new Map<string, string>();
  return {
    parts,
    async worker(
      name: string,
      more: (options: Partial<IngestOptions>) => Partial<IngestOptions> = () => ({}),
    ) {
      const registry = openForTest({ dir });
      const claimed = openClaimedInstants({ dir, now: () => parts.clock.now });
      onTestFinished(() => claimed[Symbol.dispose]());
      const { agree, of } = registry.signalCatalogue;
      const options = {
        dataDir: journals.getOrInsertComputed(name, tempDir),
        catalogue: registry.signalCatalogue,
        quarantine: registry.quarantine,
        replayHolds: registry.replayHolds.of(name),
        shared: { agree, of, claim: claimed.claim, claimAt: claimed.claimAt },
      };
      return Object.assign(await parts.start({ ...options, ...more(options) }), { registry });
    },
    async stored(signal: string) {
      const points = await parts.store
        .open()
        .points({ machine: MACHINE, signal, from: NOW - 1e6, to: NOW + 1e6, everyMs: null });
      return points as readonly (readonly [number, number])[];
    },
  };
}

const sum = (ingests: readonly Ingest[], part: 'messages' | 'observations') =>
  Object.fromEntries(
    Object.keys(ingests[0]!.books()[part]).map((fate) => [
      fate,
      ingests.reduce(
        (all, ingest) => all + (ingest.books()[part] as unknown as Record<string, number>)[fate]!,
        0,
      ),
    ]),
  );

const drained = (ingests: readonly Ingest[]): Promise<unknown> =>
  Promise.all(ingests.map((ingest) => ingest.drained()));

const values = (points: readonly (readonly [number, number])[]): number[] =>
  points.map(([, value]) => value).sort((a, b) => a - b);

test('what two workers replay at once, while the same series go on, is stored once, each value at an instant of its own', async () => {
  const { parts, worker, stored } = workshop();
  const workers = [await worker('w1'), await worker('w2')];
  const refused = 200;
  for (let n = 0; n < refused; n++) {
    // Some were received at the same moment, by both.
    await send(workers[n % 2]!, message('meters/m1', { power: n }, { receivedAt: NOW + (n >> 2) }));
  }
  await drained(workers);
  parts.clock.now = NOW + (refused >> 2);
  for (const ingest of workers) ingest.remap(mappingOf([RULE]));
  const live = 100;
  const answers = await Promise.all([
    ...workers.map((ingest) => ingest.replay({ topic: 'meters/m1' })),
    ...Array.from({ length: live }, async (_, n) => {
      const one = message(`${TOPIC}/power`, { value: refused + n }, { receivedAt: NOW + (n >> 1) });
      await send(workers[n % 2]!, one);
      return { replayed: 0, stored: 0 };
    }),
  ]);
  await drained(workers);
  expect(answers.reduce((all, { stored: own }) => all + own, 0)).toBe(refused);
  const points = await stored('power');
  expect(values(points)).toEqual([...Array(refused + live).keys()]);
  expect(new Set(points.map(([ts]) => ts)).size).toBe(refused + live);
  expect(workers[0]!.refused({ limit: 10 }).items).toEqual([]);
  const messages = sum(workers, 'messages');
  expect(messages).toMatchObject({ received: refused + live, stored: refused + live, refused: 0 });
  expect(sum(workers, 'observations')).toMatchObject({ stored: refused + live, replaced: 0, duplicate: 0 });
  expect(imbalance(messages as never)).toBe(0);
});

test('what a worker replayed before it was killed is not replayed again by another, nor by itself', async () => {
  const { worker, stored } = workshop();
  const locked = { now: false };
  const first = await worker('w1', ({ quarantine }) => ({
    quarantine: {
      ...quarantine!,
      remove(ids) {
        if (locked.now) throw new Error('database is locked');
        quarantine!.remove(ids);
      },
    },
  }));
  const second = await worker('w2');
  for (const n of [1, 2, 3]) await send(first, message('meters/m1', { power: n }));
  await first.drained();
  for (const ingest of [first, second]) ingest.remap(mappingOf([RULE]));
  locked.now = true;
  expect(await first.replay({ topic: 'meters/m1' })).toMatchObject({ stored: 3 });
  expect(second.refused({ limit: 10 }).items).toHaveLength(3);
  await first.abandon();
  expect(await second.replay({ topic: 'meters/m1' })).toEqual({ replayed: 0, stored: 0, refused: 0 });
  const again = await worker('w1');
  again.remap(mappingOf([RULE]));
  await again.drained();
  expect(again.refused({ limit: 10 }).items).toEqual([]);
  expect(await again.replay({ topic: 'meters/m1' })).toMatchObject({ replayed: 0 });
  expect(values(await stored('power'))).toEqual([1, 2, 3]);
  expect(sum([again, second], 'messages')).toMatchObject({ received: 3, stored: 3, refused: 0 });
});

test('what stays refused is free for the next worker', async () => {
  const { worker, stored } = workshop();
  const [first, second] = [await worker('w1'), await worker('w2')];
  await send(first, message('meters/m1', { power: 7 }));
  await first.drained();
  first.remap(mappingOf([{ ...RULE, signals: { power: '/elsewhere' } }]));
  expect(await first.replay({ topic: 'meters/m1' })).toEqual({ replayed: 1, stored: 0, refused: 1 });
  second.remap(mappingOf([RULE]));
  expect(await second.replay({ topic: 'meters/m1' })).toEqual({ replayed: 1, stored: 1, refused: 0 });
  await second.drained();
  expect(await stored('power')).toEqual([[NOW, 7]]);
});

test('the rest of a message joins its part at the same instant, though that was claimed for it before', async () => {
  const { worker, stored } = workshop();
  const first = await worker('w1', () => ({ caps: { maxMachines: 9, maxSignalsPerMachine: 1 } }));
  const second = await worker('w2');
  for (const power of [5, 6]) await send(first, message(TOPIC, { power, speed: power * 10 }));
  await drained([first, second]);
  expect(second.refused({ limit: 10 }).items.map(({ code }) => code)).toEqual(
    Array(2).fill('too-many-names'),
  );
  expect(await second.replay({ code: 'too-many-names' })).toEqual({ replayed: 2, stored: 2, refused: 0 });
  await drained([first, second]);
  expect(await stored('power')).toEqual([
    [NOW, 5],
    [NOW + 1, 6],
  ]);
  expect(await stored('speed')).toEqual([
    [NOW, 50],
    [NOW + 1, 60],
  ]);
  expect(sum([first, second], 'observations')).toMatchObject({
    received: 4,
    stored: 4,
    refused: 0,
    duplicate: 0,
  });
});

test('while the store is away a message without a time stays in quarantine, since nobody can tell which instants are free', async () => {
  const { parts, worker, stored } = workshop();
  const first = await worker('w1');
  await send(first, message(`${TOPIC}/power`, { ts: NOW - 1000, value: 1 }));
  await send(first, message('meters/m1', { power: 7 }));
  await first.drained();
  first.remap(mappingOf([RULE]));
  parts.store.state.away = true;
  expect(await first.replay({ topic: 'meters/m1' })).toEqual({ replayed: 1, stored: 0, refused: 1 });
  expect(parts.events.map(({ event }) => event)).toContain('replay-not-placed');
  parts.store.state.away = false;
  expect(await first.replay({ topic: 'meters/m1' })).toEqual({ replayed: 1, stored: 1, refused: 0 });
  await first.drained();
  expect(await stored('power')).toEqual([
    [NOW - 1000, 1],
    [NOW, 7],
  ]);
});
