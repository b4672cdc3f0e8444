import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Prover } from '../analysis/proof.ts';
import type { Config } from '../config.ts';
import { holdLock, isHeld } from '../operation/lock.ts';
import { openRegistry, REGISTRY_FILE } from '../registry/registry.ts';
import { openStore } from '../store/open-store.ts';
import { analysisOf } from './analysis-of.ts';
import { runningProver } from './prover.ts';

/**
 * Whoever can recompute figures of a data folder: the platform that runs there where the store works in one process, else
 * this process. Throws, saying what to do, where there is no data.
 */
export async function openProver(config: Config): Promise<Prover & AsyncDisposable> {
  const dir = resolve(config.data.dir);
  const { kind } = config.store;
  const oneProcess = kind === 'embedded' || kind === 'memory';
  if (kind === 'memory' || (oneProcess && isHeld(dir, 'ingest')))
    return { ...runningProver(dir), [Symbol.asyncDispose]: async () => {} };
  if (!existsSync(join(dir, REGISTRY_FILE))) {
    throw new Error(
      `there is no data in ${dir}; name the configuration whose data.dir is meant with --config (the demo's data is in ${join(dir, 'demo')})`,
    );
  }
  await using parts = new AsyncDisposableStack();
  if (oneProcess) parts.use(holdLock(dir, 'ingest'));
  const registry = parts.use(openRegistry({ dir }));
  const store = parts.use(await openStore({ ...config.store, dir: join(dir, 'store') }));
  const { proof } = parts.use(analysisOf({ config, registry, store }));
  const open = parts.move();
  return { ...proof, [Symbol.asyncDispose]: () => open.disposeAsync() };
}
