import type { DatabaseSync } from 'node:sqlite';

/**
 * Runs `work` in one write transaction, durable on return. IMMEDIATE takes the write lock at once, so that what
 * `work` reads can't be changed by another process before it writes. Inside another one it is a part of that.
 */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work();
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
