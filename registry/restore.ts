import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { REGISTRY_FILE } from './registry.ts';

/**
 * Puts a registry that `backup` copied into `folder` in place in the data folder `dir`. Throws where the copy is
 * missing or damaged, and where `dir` has a registry already: nothing is ever written over.
 */
export function restoreRegistry({ folder, dir }: { readonly folder: string; readonly dir: string }): void {
  const source = join(folder, REGISTRY_FILE);
  const target = join(dir, REGISTRY_FILE);
  if (!existsSync(source))
    throw new Error(`${folder} holds no ${REGISTRY_FILE}: name a folder that backup wrote`);
  if (existsSync(target))
    throw new Error(`${target} exists: restore into an empty data folder, or move it away`);
  const problem = damageOf(source);
  if (problem !== undefined) throw new Error(`${source} is damaged (${problem}): use another backup`);
  mkdirSync(dir, { recursive: true });
  copyFileSync(source, `${target}.partial`);
  renameSync(`${target}.partial`, target);
}

function damageOf(file: string): string | undefined {
  try {
    using db = new DatabaseSync(file, { readOnly: true });
    const verdict = db.prepare('PRAGMA integrity_check(1)').get()!.integrity_check as string;
    return verdict === 'ok' ? undefined : verdict;
  } catch (error) {
    return (error as Error).message;
  }
}
