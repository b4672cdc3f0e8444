import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** `shared`: others may hold it in the same way, but nobody alone. */
export type LockKind = 'alone' | 'shared';

/** Longest wait for others who only look whether it is held, or whether they could hold it alone. */
const PATIENCE_MS: Readonly<Record<LockKind, number>> = { alone: 200, shared: 1000 };

/**
 * Holds a named lock in a data folder for as long as this process lives. The operating system releases it with the
 * process, kill -9 included, so there is no stale lock to clean up. Throws, saying what to do, where another holds it.
 */
export function holdLock(
  dir: string,
  name: string,
  kind: LockKind = 'alone',
  timeout: number = PATIENCE_MS[kind],
): Disposable {
  mkdirSync(dir, { recursive: true });
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
  return {
    [Symbol.dispose]() {
      if (database.isOpen) database.close();
    },
  };
}

/** Whether a lock is held by a process that lives. */
export function isHeld(dir: string, name: string): boolean {
  try {
    holdLock(dir, name, 'alone', 0)[Symbol.dispose]();
    return false;
  } catch {
    return true;
  }
}
