import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

/**
 * Which ingest replays a quarantined message, so that no two do. A hold ends with the message's removal, or when the message
 * stays; that of a process that was killed ends when its journal has told which of them are stored.
 */
export function openReplayHolds(db: DatabaseSync) {
  const take = db.prepare(
    `INSERT INTO replay_hold (id, worker) SELECT id, ? FROM quarantine WHERE id = ? AND removed = 0
     ON CONFLICT (id) DO NOTHING`,
  );
  const free = db.prepare('DELETE FROM replay_hold WHERE id = ? AND worker = ?');
  const freeAll = db.prepare('DELETE FROM replay_hold WHERE worker = ?');

  return {
    of: (worker: string) => ({
      /** Those of the messages that nobody holds are held by this worker from now on. */
      take(ids: readonly number[]): ReadonlySet<number> {
        return inTransaction(db, () => new Set(ids.filter((id) => take.run(worker, id).changes === 1)));
      },

      free(ids: readonly number[]): void {
        if (ids.length === 0) return;
        inTransaction(db, () => {
          for (const id of ids) free.run(id, worker);
        });
      },

      freeAll: (): void => void freeAll.run(worker),
    }),
  };
}
