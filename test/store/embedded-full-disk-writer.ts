import { execFileSync } from 'node:child_process';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { StoreUnavailable } from '../../store/port.ts';

/**
 * The process of a test in which files may not grow beyond a limit, as on a full disk. Writes some batches, then under
 * the limit until the store can't, has the limit lifted, tries the same batch again, and tells what happened in one line
 * of JSON. Arguments: folder, readings a batch, batches before the limit, the limit in bytes.
 */
const [dir, ...numbers] = process.argv.slice(2) as [string, string, string, string];
const [size, before, limit] = numbers.map(Number) as [number, number, number];

const limitFileSize = (bytes: number | 'unlimited'): void => {
  execFileSync('prlimit', ['--pid', `${process.pid}`, `--fsize=${bytes}:`]);
};

const store = await openEmbeddedStore({ dir });
const batchOf = (batch: number) =>
  Array.from({ length: size }, (_, n) => ({
    machine: `acme/site/area/line/m${n % 10}`,
    ts: Date.UTC(2026, 2, 2) + batch * size + n,
    signals: ['count', 'note'],
    values: [Math.sin(batch * size + n), `note ${Math.sin(n * batch)}`],
  }));

let stored = 0;
const writeNext = async (): Promise<void> => {
  await store.write(batchOf(stored), { segment: 1, offset: stored });
  stored++;
};
while (stored < before) await writeNext();

limitFileSize(limit);
const refusals: unknown[] = [];
for (let attempt = 0; attempt < 60 && refusals.length < 3; attempt++) {
  await writeNext().catch((error: unknown) => refusals.push(error));
}
limitFileSize('unlimited');
const storedThen = stored;
await writeNext();

const query = { machine: 'acme/site/area/line/m0', signal: 'count', from: 0, to: 4e12, everyMs: null };
process.stdout.write(
  JSON.stringify({
    unavailable: refusals.every((error) => error instanceof StoreUnavailable),
    messages: refusals.map((error) => (error instanceof Error ? error.message : String(error))),
    refusals: refusals.length,
    batches: stored,
    storedThen,
    position: (await store.position())?.offset,
    points: (await store.points(query)).length,
  }),
);
await store[Symbol.asyncDispose]();
