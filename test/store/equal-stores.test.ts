import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SignalValue } from '../../domain/observation.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import type { Store } from '../../store/port.ts';
import { collect, MINUTE, reading, T0 } from './contract/samples.ts';

const MACHINES = ['a/s/a/l/1', 'a/s/a/l/2', 'a/s/a/l/3'];
/** A signal keeps its type, as ingest's guard has it. */
const SIGNALS: Readonly<Record<string, fc.Arbitrary<SignalValue>>> = {
  state: fc.constantFrom('running', 'idle', 'a longer word than twelve bytes', ''),
  count: fc.integer({ min: 0, max: 9 }),
  temp: fc.double({ noNaN: true, noDefaultInfinity: true }),
  total: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  door: fc.boolean(),
};
/** Near and far apart, so that stretches chain, break and overlap; whole seconds, so that instants coincide. */
const instant = fc.oneof(
  fc.integer({ min: 0, max: 180 }).map((second) => T0 + second * 1000),
  fc.integer({ min: -300, max: 300 }).map((minute) => T0 + minute * MINUTE),
);
const observed = fc
  .tuple(fc.constantFrom(...MACHINES), instant, fc.record(SIGNALS, { requiredKeys: [] }))
  .map(([machine, ts, content]) => reading(machine, ts, content as Record<string, SignalValue>));
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.array(observed, { maxLength: 25 }).map((batch) => ({ do: 'write' as const, batch })),
  },
  { weight: 1, arbitrary: instant.map((before) => ({ do: 'purge' as const, before })) },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'save' as const }) },
);
const question = fc.record({
  from: instant,
  length: fc.constantFrom(1000, MINUTE, 120 * MINUTE),
  silenceMs: fc.constantFrom(0, 1000, 5000, MINUTE, 10 * MINUTE, null),
});

async function answers(
  store: Store,
  questions: readonly { from: number; length: number; silenceMs: number | null }[],
) {
  const found: unknown[] = [
    await store.machines(),
    await store.machinePaths(),
    await Promise.all(MACHINES.map((path) => store.latest(path))),
  ];
  for (const { from, length, silenceMs } of questions) {
    const span = { from, to: from + length };
    const machines = MACHINES.map((path) => ({ path, signals: Object.keys(SIGNALS), silenceMs }));
    found.push(await collect(store, { ...span, machines }));
    for (const signal of Object.keys(SIGNALS)) {
      found.push(await store.points({ machine: MACHINES[0] as string, signal, ...span, everyMs: null }));
    }
    const [instants] = await store.recall([{ machine: MACHINES[0] as string, ts: from }]);
    found.push(
      instants && Object.fromEntries(instants.signals.map((name, at) => [name, instants.values[at]])),
    );
  }
  return found;
}

test('whatever is written, purged and restarted, the embedded store answers as the memory store does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 8 }),
      fc.array(question, { minLength: 1, maxLength: 4 }),
      async (steps, questions) => {
        const dir = await mkdtemp(join(tmpdir(), 'kaidong-equal-'));
        const memory = openMemoryStore();
        let embedded = await openEmbeddedStore({ dir, threads: 1 });
        try {
          for (const one of steps) {
            if (one.do === 'write') await Promise.all([memory.write(one.batch), embedded.write(one.batch)]);
            if (one.do === 'purge') await Promise.all([memory.purge(one.before), embedded.purge(one.before)]);
            if (one.do === 'save') await embedded.backup?.(join(dir, 'copy'));
            if (one.do === 'reopen') {
              await embedded[Symbol.asyncDispose]();
              embedded = await openEmbeddedStore({ dir, threads: 1 });
            }
          }
          expect(await answers(embedded, questions)).toEqual(await answers(memory, questions));
        } finally {
          await embedded[Symbol.asyncDispose]();
          await rm(dir, { recursive: true, force: true });
        }
      },
    ),
    { numRuns: 25, seed: 77, endOnFailure: true },
  );
});
