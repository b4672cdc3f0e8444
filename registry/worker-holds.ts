import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

/** What only one worker at a time may take, e.g. a group of Sparkplug nodes. */
export function openWorkerHolds(db: DatabaseSync) {
  const others = db.prepare('SELECT worker, what FROM worker_hold WHERE worker <> ? ORDER BY worker, what');
  const clear = db.prepare('DELETE FROM worker_hold WHERE worker = ?');
  const insert = db.prepare('INSERT INTO worker_hold VALUES (?, ?)');
  return {
    /**
     * Takes things for a worker, in place of what it took before: all of them, or none where one clashes with what another
     * has that lives. Returns what clashes; empty where everything was taken.
     */
    take(
      worker: string,
      things: readonly string[],
      {
        lives,
        clash,
      }: {
        readonly lives: (worker: string) => boolean;
        readonly clash: (mine: string, theirs: string) => boolean;
      },
    ): readonly { readonly worker: string; readonly what: string }[] {
      return inTransaction(db, () => {
        const held = others.all(worker) as unknown as { worker: string; what: string }[];
        const taken = held.filter(
          ({ worker: other, what }) => things.some((mine) => clash(mine, what)) && lives(other),
        );
        if (taken.length > 0) return taken;
        clear.run(worker);
        for (const what of new Set(things)) insert.run(worker, what);
        return [];
      });
    },
  };
}
