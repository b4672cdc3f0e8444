import type { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { MachinePath } from '../domain/path.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

type Kind = 'work' | 'told' | 'parts';

interface KeptDay {
  readonly day: EpochMs;
  readonly text: string;
}

interface KeptDays extends Readonly<Record<Kind, readonly KeptDay[]>> {
  readonly machine: MachinePath;
  readonly from: EpochMs;
}

/** What is kept of time whose raw data was removed, as text by machine and UTC day: written by whoever removes it. */
export function openKeptWork(db: DatabaseSync) {
  const within = db.prepare(
    'SELECT day, content FROM kept_work WHERE machine = ? AND kind = ? AND day >= ? AND day < ? ORDER BY day',
  );
  const before = db.prepare(
    'SELECT day, content FROM kept_work WHERE machine = ? AND kind = ? AND day < ? ORDER BY day DESC LIMIT 1',
  );
  const clear = db.prepare('DELETE FROM kept_work WHERE machine = ? AND day >= ?');
  const insert = db.prepare('INSERT INTO kept_work VALUES (?, ?, ?, ?)');
  const removeParts = db.prepare(`DELETE FROM kept_work WHERE kind = 'parts' AND day < ?`);
  return {
    days(machine: MachinePath, kind: Kind, { from, to }: Span): readonly KeptDay[] {
      return within.all(machine, kind, from, to).map(dayOf);
    },

    lastBefore(machine: MachinePath, kind: Kind, day: EpochMs): KeptDay | undefined {
      const row = before.get(machine, kind, day);
      return row && dayOf(row);
    },

    put(machines: readonly KeptDays[]): void {
      inTransaction(db, () => {
        for (const { machine, from, ...kinds } of machines) {
          clear.run(machine, from);
          for (const kind of ['work', 'told', 'parts'] as const)
            for (const { day, text } of kinds[kind]) insert.run(machine, kind, day, deflateRawSync(text));
        }
      });
    },

    removeParts(day: EpochMs): void {
      removeParts.run(day);
    },
  };
}

const dayOf = ({ day, content }: Readonly<Record<string, unknown>>): KeptDay => ({
  day: day as EpochMs,
  text: inflateRawSync(content as Uint8Array).toString(),
});
