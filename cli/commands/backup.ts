import { resolve } from 'node:path';
import { backUp } from '../../operation/backup.ts';
import { askRunning, NothingRunning } from '../../operation/control.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openStore } from '../../store/open-store.ts';
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
      using registry = openRegistry({ dir: config.data.dir });
      await using store = await openStore({
        ...config.store,
        dir: config.data.dir,
      });
      await backUp({ dataDir: config.data.dir, folder: target, parts: [registry, store] });
    }
    invocation.print(`backed up to ${target}`);
    return 0;
  },
};
