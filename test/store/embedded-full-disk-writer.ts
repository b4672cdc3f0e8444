import { execFileSync } from 'node:child_process';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { StoreUnavailable } from '../../store/port.ts';

/**
 * The process of a test in which files may not grow beyond a limit, as on a full disk. Writes until the store can't,
 * has the limit lifted, tries the same batch again, and tells what happened in one line of JSON.
 */
const [dir] = process.argv.slice(2) as [string];
const limitFileSize = (bytes: string): void => {
  execFileSync('prlimit', ['--pid', `${process.pid}`, `--fsize=${bytes}:`]);
};

const store = await openEmbeddedStore({ dir, threads: 1 });
const batchOf = (batch: number) =>
  Array.from({ length: 1000 }, (_, n) => ({
    machine: `acme/site/area/line/m${n % 10}`,
    ts: Date.UTC(2026, 2, 2) + batch * 1000 + n,
    signals: ['count', 'note'],
    values: [Math.sin(batch * 1000 + n), `note ${batch} ${n} ${Math.sin(n * batch)}`],
  }));

let stored = 0;
let refusal: unknown;
await store.write(batchOf(stored++), { segment: 1, offset: 0 });
limitFileSize('2000000');
try {
  for (; stored < 200; stored++) await store.write(batchOf(stored), { segment: 1, offset: stored });
} catch (error) {
  refusal = error;
}
const readable = (await store.machines()).length;
const positionThen = (await store.position().catch(() => null))?.offset;
limitFileSize('unlimited');
await store.write(batchOf(stored), { segment: 1, offset: stored });
const query = { machine: 'acme/site/area/line/m0', signal: 'count', from: 0, to: 4e12, everyMs: null };
process.stdout.write(
  JSON.stringify({
    unavailable: refusal instanceof StoreUnavailable,
    message: refusal instanceof Error ? refusal.message : String(refusal),
    readable,
    batches: stored + 1,
    lostPosition: positionThen !== stored - 1,
    positionNow: (await store.position())?.offset,
    points: (await store.points(query)).length,
  }),
);
await store[Symbol.asyncDispose]();
