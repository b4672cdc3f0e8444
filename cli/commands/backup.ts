import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backUpPlatform } from '../../composition/back-up.ts';
import type { Config } from '../../config.ts';
import { askRunning, NothingRunning } from '../../operation/control.ts';
import { holdLock } from '../../operation/lock.ts';
import { openRegistry, REGISTRY_FILE } from '../../registry/registry.ts';
import { type Command, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

export const backup: Command = {
  id: 'backup',
  summary: 'Copies everything that a restore needs into an empty folder, while the platform runs or not.',
  positionals: '<folder>',
  options: { config: CONFIG_OPTION },
  async run(invocation) {
    const [folder] = invocation.positionals;
    if (folder === undefined) throw new UsageError('backup needs a folder');
    const config = configOf(invocation);
    const target = resolve(folder);
    try {
      await askRunning(config.data.dir, 'backup', { folder: target });
    } catch (error) {
      if (!(error instanceof NothingRunning)) throw error;
      await backUpAtRest(config, target);
    }
    invocation.print(`backed up to ${target}`);
    return 0;
  },
};

async function backUpAtRest({ data, store: { kind, ...server } }: Config, folder: string): Promise<void> {
  const dataDir = resolve(data.dir);
  if (!existsSync(dataDir))
    throw new Error(`there is no ${dataDir}; name the configuration whose data.dir is meant with --config`);
  if (!existsSync(join(dataDir, REGISTRY_FILE))) {
    throw new Error(
      `there is no data in ${dataDir}; set data.dir (the demo's data is in ${join(data.dir, 'demo')})`,
    );
  }
  using _lock = holdLock(dataDir, 'ingest');
  using registry = openRegistry({ dir: dataDir });
  // Loaded only here: asking a running platform needs no database.
  const { openStore } = await import('../../store/open-store.ts');
  await using store =
    kind === 'embedded' ? await openStore({ kind, ...server, dir: join(dataDir, 'store') }) : null;
  await backUpPlatform({ dataDir, folder, registry, store, atRest: true });
}
