import { join, relative } from 'node:path';
import { backUp } from '../operation/backup.ts';
import { workerFolder, workersOf } from '../operation/workers.ts';
import type { Registry } from '../registry/registry.ts';
import type { Store } from '../store/port.ts';

const STORE = 'store';
const JOURNAL = 'journal';

/**
 * Copies registry and store into an empty folder, laid out as a data folder is. `atRest`: nothing writes to the data
 * folder, so the journals come along, with what a killed process left in them.
 */
export function backUpPlatform(options: {
  readonly dataDir: string;
  readonly folder: string;
  readonly registry: Pick<Registry, 'backup'>;
  /** `null`: the store is a server of its own, which has its own backup. */
  readonly store: Pick<Store, 'backup'> | null;
  readonly atRest: boolean;
  /** Journals that nobody writes to although the platform runs: those of workers that are away. */
  readonly journals?: readonly string[];
}): Promise<void> {
  const { dataDir, folder, registry, store, atRest, journals = [] } = options;
  return backUp({
    dataDir,
    folder,
    parts: [registry, { backup: async (to) => store?.backup?.(join(to, STORE)) }],
    files: atRest ? journalsOf(dataDir) : journals,
  });
}

/** The journal of an ingest that is alone, within the data folder. */
export const OWN_JOURNAL = JOURNAL;

/** A worker's journal, within the data folder. */
export const journalOf = (dataDir: string, worker: string): string =>
  relative(dataDir, join(workerFolder(dataDir, worker), JOURNAL));

const journalsOf = (dataDir: string): string[] => [
  OWN_JOURNAL,
  ...workersOf(dataDir).map((worker) => journalOf(dataDir, worker)),
];
