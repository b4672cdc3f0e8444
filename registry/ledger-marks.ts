import type { DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/** A stretch of a machine's facts, inclusive, that changed after its ledger was recorded. */
export interface LedgerMark {
  readonly id: number;
  readonly machine: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * How far each machine's ledger is recorded, and which late facts arrived behind that: one table for ingest, which
 * marks, and the recorder, which works the marks off, each in a process of its own. Every write is one IMMEDIATE
 * transaction, so the two never see half of one another's; durable on return.
 */
export function openLedgerMarks(db: DatabaseSync) {
  const until = db.prepare('SELECT until FROM ledger_recorded WHERE machine = ?');
  const newestUntil = db.prepare('SELECT max(until) AS until FROM ledger_recorded');
  const setUntil = db.prepare(
    'INSERT INTO ledger_recorded VALUES (?, ?) ON CONFLICT (machine) DO UPDATE SET until = excluded.until',
  );
  const config = db.prepare('SELECT config FROM ledger_config WHERE machine = ?');
  const setConfig = db.prepare(
    'INSERT INTO ledger_config VALUES (?, ?) ON CONFLICT (machine) DO UPDATE SET config = excluded.config',
  );
  const insert = db.prepare('INSERT INTO ledger_mark (machine, from_ts, to_ts) VALUES (?, ?, ?)');
  const oldest = db.prepare(
    'SELECT id, machine, from_ts AS "from", to_ts AS "to" FROM ledger_mark ORDER BY id LIMIT ?',
  );
  const remove = db.prepare('DELETE FROM ledger_mark WHERE id = ?');
  const earliest = db.prepare('SELECT machine, min(from_ts) AS "from" FROM ledger_mark GROUP BY machine');

  function each<T>(entries: readonly T[], write: (entry: T) => void): void {
    if (entries.length > 0) inTransaction(db, () => entries.forEach(write));
  }

  return {
    recordedUntil(machine: string): EpochMs | null {
      return (until.get(machine)?.until as EpochMs | undefined) ?? null;
    },

    newestRecorded(): EpochMs | null {
      return newestUntil.get()?.until as EpochMs | null;
    },

    setRecordedUntil(entries: readonly { readonly machine: string; readonly until: EpochMs }[]): void {
      each(entries, (entry) => setUntil.run(entry.machine, entry.until));
    },

    configOf(machine: string): string | null {
      return (config.get(machine)?.config as string | undefined) ?? null;
    },

    setConfig(entries: readonly { readonly machine: string; readonly config: string }[]): void {
      each(entries, (entry) => setConfig.run(entry.machine, entry.config));
    },

    mark(marks: readonly Omit<LedgerMark, 'id'>[]): void {
      each(marks, ({ machine, from, to }) => insert.run(machine, from, to));
    },

    /** Lowest id first. They stay until cleared: a recorder that dies midway finds them again. */
    takeMarks(limit: number): readonly LedgerMark[] {
      return oldest.all(limit) as unknown as LedgerMark[];
    },

    /** Marks that came meanwhile have other ids and stay. */
    clearMarks(ids: readonly number[]): void {
      each(ids, (id) => remove.run(id));
    },

    pending(): ReadonlyMap<string, EpochMs> {
      return new Map(earliest.all().map(({ machine, from }) => [machine as string, from as EpochMs]));
    },
  };
}
