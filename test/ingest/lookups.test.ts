import { expect, test } from 'vitest';
import type { IngestOptions } from '../../ingest/create-ingest.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import { bench, message, NOW, send } from './harness.ts';

const MACHINES = 700;
const topicOf = (machine: number): string => `kaidong/v1/acme/zhoushan/hall/line1/m-${machine}`;

/** An ingest whose store counts what it is asked. */
async function counted(parts: ReturnType<typeof bench>, options: Partial<IngestOptions> = {}) {
  const asked: number[] = [];
  const store = parts.store.open();
  const ingest = await parts.start({
    ...options,
    store: {
      ...store,
      lastHeard: (machines) => {
        asked.push(machines.length);
        return store.lastHeard(machines);
      },
      recall: (instants) => {
        asked.push(instants.length);
        return store.recall(instants);
      },
    },
  });
  const take = (): number[] => asked.splice(0);
  return { ingest, take };
}

const burst = (ingest: Ingest, machines: readonly number[], ts: number, value = 1): Promise<unknown> =>
  Promise.all(machines.map((machine) => send(ingest, message(topicOf(machine), { ts, value }))));

const ALL = Array.from({ length: MACHINES }, (_, machine) => machine);

test('a group of messages asks the store once, however many machines are new', async () => {
  const { ingest, take } = await counted(bench());
  await burst(ingest, ALL, NOW);
  expect(take()).toEqual([MACHINES]);
  await burst(ingest, ALL, NOW + 1000);
  expect(take()).toEqual([]);
  await ingest.drained();
  expect(ingest.books().messages).toMatchObject({ received: 2 * MACHINES, stored: 2 * MACHINES });
});

test('what may exist already, from somewhere in a group on, is asked about once', async () => {
  const parts = bench({ keepsPosition: true });
  const before = await counted(parts);
  await burst(before.ingest, ALL, NOW);
  await before.ingest.drained();
  await before.ingest[Symbol.asyncDispose]();
  const { ingest, take } = await counted(parts);
  await burst(ingest, ALL, NOW + 1000);
  expect(take()).toEqual([MACHINES]);
  await ingest.drained();
  // Every third one again, what this run never heard of and what it did; the others are news.
  const again = ALL.filter((machine) => machine > 300 && machine % 3 === 0);
  await Promise.all([
    burst(ingest, ALL.slice(0, 300), NOW + 2000),
    burst(ingest, again, NOW),
    burst(ingest, again, NOW + 1000),
    burst(ingest, again, NOW + 1000, 2),
  ]);
  expect(take()).toEqual([again.length]);
  await ingest.drained();
  const { messages, observations } = ingest.books();
  expect(messages.duplicate).toBe(2 * again.length);
  expect(messages.stored).toBe(2 * MACHINES + 300 + again.length);
  expect(observations.replaced).toBe(again.length);
});

test('the same message twice in one group is stored once, near one another and far apart', async () => {
  const { ingest } = await counted(bench());
  await burst(ingest, ALL, NOW);
  await Promise.all([
    burst(ingest, [0, 0], NOW + 1000),
    burst(ingest, ALL.slice(1), NOW + 1000),
    burst(ingest, [0, 650], NOW + 1000),
  ]);
  await ingest.drained();
  expect(ingest.books().messages).toMatchObject({ stored: 2 * MACHINES, duplicate: 3 });
});
