import { join } from 'node:path';
import { backUp } from '../operation/backup.ts';
import type { Registry } from '../registry/registry.ts';
import type { Store } from '../store/port.ts';

const STORE = 'store';
const JOURNAL = 'journal';

/**
 * Copies registry and store into an empty folder, laid out as a data folder is. `atRest`: nothing writes to the data
 * folder, so the journal comes along, with what a killed process left in it.
 */
export function backUpPlatform(options: {
  readonly dataDir: string;
  readonly folder: string;
  readonly registry: Pick<Registry, 'backup'>;
  /** `null`: the store is a server of its own, which has its own backup. */
  readonly store: Pick<Store, 'backup'> | null;
  readonly atRest: boolean;
}): Promise<void> {
  const { dataDir, folder, registry, store, atRest } = options;
  return backUp({
    dataDir,
    folder,
    parts: [registry, { backup: async (to) => store?.backup?.(join(to, STORE)) }],
    files: atRest ? [JOURNAL] : [],
  });
}
