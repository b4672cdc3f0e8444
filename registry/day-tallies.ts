import type { DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/** What the recorder counted of a machine's production day beside its ledger. */
export interface DayTallyRow {
  readonly machine: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly heard: boolean;
  readonly reasonedStopMs: number;
}

/** Tallies of production days. A machine's path is kept once: there are as many rows as machines have days. */
export function openDayTallies(db: DatabaseSync) {
  const name = db.prepare('INSERT INTO tallied_machine (path) VALUES (?) ON CONFLICT DO NOTHING');
  const put = db.prepare(
    `INSERT OR REPLACE INTO day_tally (machine, from_ts, to_ts, heard, reasoned_stop_ms)
     SELECT id, ?, ?, ?, ? FROM tallied_machine WHERE path = ?`,
  );
  const ofMachine = db.prepare(
    `SELECT from_ts AS "from", to_ts AS "to", heard, reasoned_stop_ms AS "reasonedStopMs" FROM day_tally
     WHERE machine = (SELECT id FROM tallied_machine WHERE path = ?) AND from_ts >= ? AND to_ts <= ?
     ORDER BY from_ts`,
  );
  return {
    put(tallies: readonly DayTallyRow[]): void {
      if (tallies.length === 0) return;
      inTransaction(db, () => {
        for (const { machine, from, to, heard, reasonedStopMs } of tallies) {
          name.run(machine);
          put.run(from, to, heard ? 1 : 0, reasonedStopMs, machine);
        }
      });
    },

    /** Those that lie wholly in the span, ascending. */
    of(
      machine: string,
      { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
    ): readonly DayTallyRow[] {
      return ofMachine
        .all(machine, from, to)
        .map((row) => ({ ...row, machine, heard: row.heard === 1 }) as unknown as DayTallyRow);
    },
  };
}
