import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openEmbeddedStore } from '../../store/embedded/open.ts';

const WRITER = join(import.meta.dirname, 'embedded-writer.ts');
const T0 = Date.UTC(2026, 2, 2);
const MACHINES = [0, 1, 2, 3].map((n) => `acme/site/area/line/m${n}`);

/** Lets a process write batches from `first` on, kills it once `count` of them are durable, and says which was the last. */
async function writeAndKill(dir: string, first: number, count: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, dir, `${first}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = -1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    if (last === first + count - 1) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return last;
}

test('after kill -9 every acknowledged batch is there, whole, with its position, and so is the picture', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kaidong-kill-'));
  try {
    let first = 0;
    for (const count of [1, 7, 30]) {
      const acknowledged = await writeAndKill(dir, first, count);
      await using store = await openEmbeddedStore({ dir, threads: 1 });
      const position = await store.position();
      // One more batch may have been committed than the killed process could say.
      const last = position?.offset ?? -1;
      expect(last).toBeGreaterThanOrEqual(acknowledged);
      expect(last).toBeLessThanOrEqual(acknowledged + 1);
      for (const [n, machine] of MACHINES.entries()) {
        const query = { machine, from: 0, to: T0 * 2, everyMs: null };
        const counts = await store.points({ ...query, signal: 'count' });
        expect(counts.map(([, value]) => value)).toEqual(
          Array.from({ length: (last + 1) * 10 }, (_, index) => Math.floor(index / 10)),
        );
        for (const signal of ['state', 'total', 'door']) {
          expect(await store.points({ ...query, signal })).toHaveLength(counts.length);
        }
        const newest = T0 + last * 1000 + 36 + n;
        expect(await store.lastHeard([machine])).toEqual([newest]);
        expect((await store.latest(machine)).map(({ signal, ts, value }) => [signal, ts, value])).toEqual([
          ['count', newest, last],
          ['door', newest, last % 2 === 0],
          ['state', newest, `state ${last}`],
          ['total', newest, BigInt(last)],
        ]);
      }
      const [facts] = await Array.fromAsync(
        store.facts({
          from: T0,
          to: T0 + last * 1000 + 1000,
          machines: [{ path: MACHINES[0] as string, signals: ['count'], silenceMs: 900 }],
        }),
      );
      expect(facts?.silences.length).toBe(last + 1);
      first = last + 1;
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
