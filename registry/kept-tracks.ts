import type { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { MachinePath } from '../domain/path.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

interface TrackDay {
  readonly day: EpochMs;
  readonly text: string;
}

interface TrackDays {
  readonly machine: MachinePath;
  readonly from: EpochMs;
  readonly days: readonly TrackDay[];
}

/** What machines did in time whose raw data was removed, as text by machine and UTC day: written by whoever removes it. */
export function openKeptTracks(db: DatabaseSync) {
  const within = db.prepare(
    'SELECT day, content FROM kept_track WHERE machine = ? AND day >= ? AND day < ? ORDER BY day',
  );
  const clear = db.prepare('DELETE FROM kept_track WHERE machine = ? AND day >= ?');
  const insert = db.prepare('INSERT INTO kept_track VALUES (?, ?, ?)');
  const machines = db.prepare('SELECT machine FROM raw_horizon');
  const removeBefore = db.prepare('DELETE FROM kept_track WHERE machine = ? AND day < ?');
  return {
    days(machine: MachinePath, { from, to }: Span): readonly TrackDay[] {
      return within.all(machine, from, to).map(({ day, content }) => ({
        day: day as EpochMs,
        text: inflateRawSync(content as Uint8Array).toString(),
      }));
    },

    put(machines: readonly TrackDays[]): void {
      inTransaction(db, () => {
        for (const { machine, from, days } of machines) {
          clear.run(machine, from);
          for (const { day, text } of days) insert.run(machine, day, deflateRawSync(text));
        }
      });
    },

    removeBefore(day: EpochMs): void {
      for (const { machine } of machines.all()) removeBefore.run(machine as MachinePath, day);
    },
  };
}
