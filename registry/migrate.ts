import type { DatabaseSync } from 'node:sqlite';
import type { Migration } from './migrations/migration.ts';
import { inTransaction } from './transaction.ts';

/**
 * Brings a database to the newest schema. Processes that start together take turns: the version is read again inside
 * the write transaction. Throws when the file comes from a newer version of the platform.
 */
export function migrate(db: DatabaseSync, migrations: readonly Migration[], file: string): void {
  const newest = migrations.at(-1)?.version ?? 0;
  if (versionOf(db) === newest) return;
  inTransaction(db, () => {
    const found = versionOf(db);
    if (found > newest) {
      throw new Error(
        `${file} has schema version ${found}, this program knows up to ${newest}: ` +
          'run the newer version that wrote it, or point data.dir at another folder',
      );
    }
    for (const { version, sql } of migrations) {
      if (version <= found) continue;
      db.exec(sql);
      db.exec(`PRAGMA user_version = ${version}`);
    }
  });
}

function versionOf(db: DatabaseSync): number {
  return db.prepare('PRAGMA user_version').get()!.user_version as number;
}
