import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { NothingRunning } from '../operation/control.ts';
import { holdLock } from '../operation/lock.ts';
import { openRegistry, REGISTRY_FILE } from '../registry/registry.ts';
import { openStore } from '../store/open-store.ts';
import { analysisOf } from './analysis-of.ts';
import { assessmentDeskOf } from './assessment-desk.ts';
import { type Assessor, deskAssessor, runningAssessor } from './assessor.ts';

/**
 * Whoever can assess on a data folder: the running platform where the store works in one process, else this process. Throws,
 * saying what to do, where there is no data.
 */
export async function openAssessor(config: Config): Promise<Assessor & AsyncDisposable> {
  const dir = resolve(config.data.dir);
  const oneProcess = config.store.kind === 'embedded' || config.store.kind === 'memory';
  if (oneProcess) {
    try {
      const running = runningAssessor(dir);
      await running.pilots();
      return { ...running, [Symbol.asyncDispose]: async () => {} };
    } catch (error) {
      if (!(error instanceof NothingRunning) || config.store.kind === 'memory') throw error;
    }
  }
  if (!existsSync(join(dir, REGISTRY_FILE))) {
    throw new Error(
      `there is no data in ${dir}; name the configuration whose data.dir is meant with --config (the demo's data is in ${join(dir, 'demo')})`,
    );
  }
  await using parts = new AsyncDisposableStack();
  if (oneProcess) parts.use(holdLock(dir, 'ingest'));
  const registry = parts.use(openRegistry({ dir }));
  const store = parts.use(await openStore({ ...config.store, dir: join(dir, 'store') }));
  const { evidence } = parts.use(analysisOf({ config, registry, store }));
  const desk = assessmentDeskOf({ config, registry, evidence });
  const open = parts.move();
  return { ...deskAssessor(desk), [Symbol.asyncDispose]: () => open.disposeAsync() };
}
