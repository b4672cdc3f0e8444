import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'workers';

/** Where the workers of a data folder keep what is theirs, and what they have in common. */
export const workersFolder = (dataDir: string): string => join(dataDir, FOLDER);

/** What is one worker's own: its journal, its lock, the way in for other commands. */
export const workerFolder = (dataDir: string, worker: string): string => join(workersFolder(dataDir), worker);

/** Every worker that ever ran on a data folder, in name order. */
export function workersOf(dataDir: string): string[] {
  try {
    return readdirSync(workersFolder(dataDir), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
