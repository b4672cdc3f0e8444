import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** `shared`: others may hold it in the same way, but nobody alone. */
export type LockKind = 'alone' | 'shared';

/** Longest wait for others who only look whether they could hold it alone. */
const SHARED_PATIENCE_MS = 1000;

/**
 * Holds a named lock in a data folder for as long as this process lives. The operating system releases it with the
 * process, kill -9 included, so there is no stale lock to clean up. Throws, saying what to do, where another holds it.
 */
export function holdLock(dir: string, name: string, kind: LockKind = 'alone'): Disposable {
  mkdirSync(dir, { recursive: true });
  const timeout = kind === 'shared' ? SHARED_PATIENCE_MS : 0;
  const database = new DatabaseSync(join(dir, `${name}.lock`), { timeout });
  try {
    if (kind === 'alone') {
      database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    } else {
      // A read transaction holds SQLite's SHARED lock until it ends.
      database.exec('BEGIN');
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
    }
  } catch {
    database.close();
    throw new Error(
      `another process uses ${dir} (${name}); stop it first, or give this one another data.dir`,
    );
  }
  return { [Symbol.dispose]: () => database.close() };
}

/** Whether a lock is held by a process that lives. */
export function isHeld(dir: string, name: string): boolean {
  try {
    holdLock(dir, name)[Symbol.dispose]();
    return false;
  } catch {
    return true;
  }
}
