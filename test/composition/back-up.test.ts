import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backUpPlatform } from '../../composition/back-up.ts';
import { drainOthers } from '../../composition/worker-backup.ts';
import { openControl } from '../../operation/control.ts';
import { holdLock } from '../../operation/lock.ts';
import { workerFolder } from '../../operation/workers.ts';
import { openRegistry } from '../../registry/registry.ts';

function dataFolder(...workers: string[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-back-up-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const folder of [dir, ...workers.map((worker) => workerFolder(dir, worker))]) {
    mkdirSync(join(folder, 'journal'), { recursive: true });
    writeFileSync(join(folder, 'journal/1.segment'), folder);
    // As one that was killed leaves it: nobody listens there any more.
    writeFileSync(join(folder, 'running.json'), '{"pid":1,"url":"http://127.0.0.1:1","secret":"x"}');
  }
  return dir;
}

test('at rest every journal comes along, that of each worker too, and nothing of who ran there', async () => {
  const dataDir = dataFolder('w1', 'w2');
  const folder = join(dataFolder(), 'copy');
  using registry = openRegistry({ dir: dataDir });
  await backUpPlatform({ dataDir, folder, registry, store: null, atRest: true });
  for (const part of ['.', 'workers/w1', 'workers/w2']) {
    expect(readFileSync(join(folder, part, 'journal/1.segment'), 'utf8')).toBe(join(dataDir, part));
    expect(existsSync(join(folder, part, 'running.json'))).toBe(false);
  }
});

test('of workers, those that run bring their journals into the store, and those that are away cannot start meanwhile', async () => {
  const dataDir = dataFolder('w1', 'w2', 'w3');
  const drained: string[] = [];
  const running = (worker: string) =>
    openControl(workerFolder(dataDir, worker), {
      drain: () => {
        drained.push(worker);
        return {};
      },
    });
  await using _first = await running('w1');
  await using _second = await running('w2');
  {
    using idle = await drainOthers(dataDir, 'w1');
    expect([drained, idle.journals]).toEqual([['w2'], ['journal', 'workers/w3/journal']]);
    expect(() => holdLock(workerFolder(dataDir, 'w3'), 'ingest')).toThrow('another process uses');
  }
  using starting = holdLock(workerFolder(dataDir, 'w3'), 'ingest');
  await expect(drainOthers(dataDir, 'w1')).rejects.toThrow('just starting or ending');
  starting[Symbol.dispose]();
  // An ingest that is alone has nobody beside it, only what workers left there.
  await _first[Symbol.asyncDispose]();
  await _second[Symbol.asyncDispose]();
  using left = await drainOthers(dataDir, '');
  expect(left.journals).toEqual(['workers/w1/journal', 'workers/w2/journal', 'workers/w3/journal']);
});
