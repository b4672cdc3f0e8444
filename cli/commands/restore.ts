import { resolve } from 'node:path';
import { restoreFrom } from '../../operation/backup.ts';
import { refuseDamagedCopy } from '../../registry/copy.ts';
import { type Command, UsageError } from '../command.ts';
import { CONFIG_OPTION, configOf } from '../config-option.ts';

export const restore: Command = {
  id: 'restore',
  summary: 'Puts a backup into the data folder, which must be empty and not in use.',
  positionals: '<folder>',
  options: { config: CONFIG_OPTION },
  async run(invocation) {
    const [folder] = invocation.positionals;
    if (folder === undefined) throw new UsageError('restore needs the folder of a backup');
    const { data } = configOf(invocation);
    restoreFrom({ folder: resolve(folder), dataDir: resolve(data.dir), check: refuseDamagedCopy });
    invocation.print(`restored into ${resolve(data.dir)}`);
    return 0;
  },
};
