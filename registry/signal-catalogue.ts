import type { DatabaseSync } from 'node:sqlite';
import type { SignalType } from '../domain/observation.ts';
import { inTransaction } from './transaction.ts';

export interface PinnedSignal {
  readonly machine: string;
  readonly signal: string;
  readonly type: SignalType;
}

/** The type that each signal's first value pinned. */
export function openSignalCatalogue(db: DatabaseSync) {
  const all = db.prepare('SELECT machine, signal, type FROM signal ORDER BY machine, signal');
  const insert = db.prepare(
    'INSERT INTO signal (machine, signal, type) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  return {
    load(): Iterable<PinnedSignal> {
      return all.all() as unknown as PinnedSignal[];
    },

    /** Durable on return; a signal already pinned, also by another process, is left alone. */
    pin(series: readonly PinnedSignal[]): void {
      if (series.length === 0) return;
      inTransaction(db, () => {
        for (const { machine, signal, type } of series) insert.run(machine, signal, type);
      });
    },
  };
}
