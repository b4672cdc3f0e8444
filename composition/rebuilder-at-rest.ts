import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Rebuilder } from '../analysis/rebuild.ts';
import type { RecordingProgress } from '../analysis/record.ts';
import type { Config } from '../config.ts';
import { holdLock, isHeld } from '../operation/lock.ts';
import { openRegistry, REGISTRY_FILE } from '../registry/registry.ts';
import { openStore } from '../store/open-store.ts';
import { analysisOf } from './analysis-of.ts';
import { RECORDER_LOCK, runningRebuilder } from './rebuilder.ts';

/**
 * Whoever can rebuild the ledger of a data folder: the process that records it, else this one. Throws, saying what to do,
 * where there is no data. `recording` is told how far this process has come with what wasn't recorded yet.
 */
export async function openRebuilder(
  config: Config,
  recording?: (done: RecordingProgress) => void,
): Promise<Rebuilder & AsyncDisposable> {
  const dir = resolve(config.data.dir);
  const { kind } = config.store;
  const oneProcess = kind === 'embedded' || kind === 'memory';
  if (kind === 'memory' || isHeld(dir, RECORDER_LOCK))
    return { ...runningRebuilder(dir), [Symbol.asyncDispose]: async () => {} };
  if (!existsSync(join(dir, REGISTRY_FILE))) {
    throw new Error(
      `there is no data in ${dir}; name the configuration whose data.dir is meant with --config (the demo's data is in ${join(dir, 'demo')})`,
    );
  }
  await using parts = new AsyncDisposableStack();
  if (oneProcess) parts.use(holdLock(dir, 'ingest'));
  parts.use(holdLock(dir, RECORDER_LOCK));
  const registry = parts.use(openRegistry({ dir }));
  const store = parts.use(await openStore({ ...config.store, dir: join(dir, 'store') }));
  const { rebuilder } = parts.use(analysisOf({ config, registry, store, recording }));
  const open = parts.move();
  return { ...rebuilder, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
