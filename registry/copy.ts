import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { REGISTRY_FILE } from './registry.ts';

/** Throws where a folder's copy of the registry, as `backup` makes it, is missing or damaged. */
export function refuseDamagedCopy(folder: string): void {
  const file = join(folder, REGISTRY_FILE);
  if (!existsSync(file))
    throw new Error(`${folder} holds no ${REGISTRY_FILE}: name a folder that backup wrote`);
  const problem = damageOf(file);
  if (problem !== undefined) throw new Error(`${file} is damaged (${problem}): use another backup`);
}

function damageOf(file: string): string | undefined {
  try {
    // Immutable: looking leaves no files of its own behind.
    using db = new DatabaseSync(new URL(`${pathToFileURL(file)}?immutable=1`), { readOnly: true });
    const verdict = db.prepare('PRAGMA integrity_check(1)').get()!.integrity_check as string;
    return verdict === 'ok' ? undefined : verdict;
  } catch (error) {
    return (error as Error).message;
  }
}
