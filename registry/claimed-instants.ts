import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/** How long a claim is remembered. What waited longer in a worker's memory comes to stand behind that. */
const REMEMBERED_MS = 60_000;
/** Replayed instants are old, and few: they are remembered as long as a worker may be away with what it didn't store. */
const REPLAYED_REMEMBERED_MS = 7 * 86_400_000;
const FORGET_EVERY_MS = 5000;

/** Signals of a machine that came together without a source time. */
export interface UntimedReading {
  readonly machine: string;
  readonly signals: readonly string[];
  /** No instant before this will do. */
  readonly earliest: EpochMs;
}

/**
 * The instants that the workers of a data folder gave to what came without one: no two of a series get the same. A file of
 * its own, whose writes don't wait for the disk: after a power cut all receive times are later than what was lost.
 */
export function openClaimedInstants({ dir, now }: { readonly dir: string; readonly now: () => EpochMs }) {
  mkdirSync(dir, { recursive: true });
  const db = new DatabaseSync(join(dir, 'instants.sqlite'), { timeout: 10_000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  inTransaction(db, () =>
    db.exec(`
      CREATE TABLE IF NOT EXISTS instant (ts INTEGER, series TEXT, PRIMARY KEY (ts, series)) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS replayed (
        ts INTEGER, series TEXT, claimed_at INTEGER NOT NULL, PRIMARY KEY (ts, series)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS forgotten (one INTEGER PRIMARY KEY CHECK (one = 1), up_to INTEGER NOT NULL) STRICT;
      INSERT OR IGNORE INTO forgotten VALUES (1, 0);
    `),
  );
  const taken = db.prepare('SELECT 1 FROM instant WHERE ts = ? AND series = ?');
  const take = db.prepare('INSERT INTO instant VALUES (?, ?)');
  const takenByReplay = db.prepare('SELECT 1 FROM replayed WHERE ts = ? AND series = ?');
  const noteReplay = db.prepare('INSERT INTO replayed VALUES (?, ?, ?)');
  const forgetReplays = db.prepare('DELETE FROM replayed WHERE claimed_at <= ?');
  const forget = db.prepare('DELETE FROM instant WHERE ts <= ?');
  const forgottenUpTo = db.prepare('SELECT up_to FROM forgotten');
  const setForgotten = db.prepare('UPDATE forgotten SET up_to = max(up_to, ?)');
  let forgetAt = now() + FORGET_EVERY_MS;

  /** Nobody knows any more who took which of the oldest instants, so they count as taken. */
  function forgetOld(): void {
    if (now() < forgetAt) return;
    forgetAt = now() + FORGET_EVERY_MS;
    const upTo = now() - REMEMBERED_MS;
    forget.run(upTo);
    setForgotten.run(upTo);
    forgetReplays.run(now() - REPLAYED_REMEMBERED_MS);
  }

  function place(
    { machine, signals, earliest }: UntimedReading,
    floor: EpochMs,
    last: Map<string, EpochMs>,
  ): EpochMs {
    const series = signals.map((signal) => `${machine}\n${signal}`);
    let ts = Math.max(earliest, floor + 1);
    for (const one of series) ts = Math.max(ts, (last.get(one) ?? 0) + 1);
    while (series.some((one) => taken.get(ts, one) !== undefined)) ts++;
    for (const one of series) {
      take.run(ts, one);
      last.set(one, ts);
    }
    return ts;
  }

  return {
    /** Claims an instant for each reading: the first free one, and later than those of the same series before it. */
    claim(readings: readonly UntimedReading[]): readonly EpochMs[] {
      return inTransaction(db, () => {
        forgetOld();
        const floor = forgottenUpTo.get()!.up_to as EpochMs;
        const last = new Map<string, EpochMs>();
        return readings.map((reading) => place(reading, floor, last));
      });
    },

    /**
     * Claims an instant for a replayed reading, unless another one of its series has it: received a moment ago, or replayed in
     * the last week. What was stored longer ago than a moment the store tells.
     */
    claimAt({ machine, signals }: Pick<UntimedReading, 'machine' | 'signals'>, ts: EpochMs): boolean {
      const series = signals.map((signal) => `${machine}\n${signal}`);
      return inTransaction(db, () => {
        forgetOld();
        const isTaken = series.some(
          (one) => taken.get(ts, one) !== undefined || takenByReplay.get(ts, one) !== undefined,
        );
        if (isTaken) return false;
        for (const one of series) {
          take.run(ts, one);
          noteReplay.run(ts, one, now());
        }
        return true;
      });
    },

    [Symbol.dispose](): void {
      if (db.isOpen) db.close();
    },
  };
}
