import type { DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/** What a machine's production day is known again by. */
export interface StreamPrintRow {
  readonly machine: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Integers of 48 bits. */
  readonly windows: readonly number[];
  readonly rhythm: readonly number[];
  readonly periodic: readonly {
    readonly from: EpochMs;
    readonly to: EpochMs;
    readonly increments: number;
    readonly pieces: number;
  }[];
}

const WINDOW_BYTES = 6;

/** Prints of production days. A machine's path is kept once: there are as many rows as machines have days. */
export function openStreamPrints(db: DatabaseSync) {
  const name = db.prepare('INSERT INTO printed_machine (path) VALUES (?) ON CONFLICT DO NOTHING');
  const put = db.prepare(
    `INSERT OR REPLACE INTO stream_print (machine, from_ts, to_ts, windows, rhythm, periodic)
     SELECT id, ?, ?, ?, ?, ? FROM printed_machine WHERE path = ?`,
  );
  const ofMachine = db.prepare(
    `SELECT from_ts AS "from", to_ts AS "to", windows, rhythm, periodic FROM stream_print
     WHERE machine = (SELECT id FROM printed_machine WHERE path = ?) AND from_ts >= ? AND to_ts <= ?
     ORDER BY from_ts`,
  );
  // Machine by machine, along the key: all prints of a plant are hundreds of megabytes.
  const removeBefore = db.prepare(
    'DELETE FROM stream_print WHERE machine IN (SELECT id FROM printed_machine) AND from_ts < ?',
  );
  return {
    put(prints: readonly StreamPrintRow[]): void {
      if (prints.length === 0) return;
      inTransaction(db, () => {
        for (const { machine, from, to, windows, rhythm, periodic } of prints) {
          name.run(machine);
          const runs = JSON.stringify(periodic.map(numbersOf));
          put.run(from, to, bytesOf(windows), bytesOf(rhythm), runs, machine);
        }
      });
    },

    /** Those that lie wholly in the span, ascending. */
    of(
      machine: string,
      { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
    ): readonly StreamPrintRow[] {
      return ofMachine.all(machine, from, to).map((row) => ({
        ...{ machine, from: row.from as EpochMs, to: row.to as EpochMs },
        windows: windowsIn(row.windows as Uint8Array),
        rhythm: windowsIn(row.rhythm as Uint8Array),
        periodic: (JSON.parse(row.periodic as string) as ReturnType<typeof numbersOf>[]).map(runOf),
      }));
    },

    /** Removes those of days that begin before. */
    removeBefore(before: EpochMs): void {
      removeBefore.run(before);
    },
  };
}

const numbersOf = ({ from, to, increments, pieces }: StreamPrintRow['periodic'][number]) =>
  [from, to, increments, pieces] as const;

const runOf = ([from, to, increments, pieces]: ReturnType<typeof numbersOf>) => ({
  from,
  to,
  increments,
  pieces,
});

function bytesOf(windows: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(windows.length * WINDOW_BYTES);
  for (const [place, window] of windows.entries())
    bytes.writeUIntBE(window, place * WINDOW_BYTES, WINDOW_BYTES);
  return bytes;
}

function windowsIn(bytes: Uint8Array): readonly number[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / WINDOW_BYTES }, (_, place) =>
    buffer.readUIntBE(place * WINDOW_BYTES, WINDOW_BYTES),
  );
}
