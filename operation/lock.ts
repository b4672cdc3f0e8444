import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Holds a named lock in a data folder for as long as this process lives. The operating system releases it with the
 * process, kill -9 included, so there is no stale lock to clean up. Throws, saying what to do, where another holds it.
 */
export function holdLock(dir: string, name: string): Disposable {
  mkdirSync(dir, { recursive: true });
  const database = new DatabaseSync(join(dir, `${name}.lock`));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new Error(
      `another process uses ${dir} (${name}); stop it first, or give this one another data.dir`,
    );
  }
  return { [Symbol.dispose]: () => database.close() };
}
