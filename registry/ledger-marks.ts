import type { DatabaseSync } from 'node:sqlite';
import type { MarkCause } from '../domain/revision-cause.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/** A stretch of a machine's facts, inclusive, that changed after its ledger was recorded. */
export interface LedgerMark {
  readonly id: number;
  readonly machine: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Why the facts are others; absent or `null`: they only closed, or nobody says. */
  readonly cause?: MarkCause | null;
  /** The configuration (hash) it was recorded with, where that is another now. */
  readonly former?: string | null;
  /** It only names a cause: what it reaches was answered and isn't recorded, so that nothing is worked off. */
  readonly saysOnly?: boolean;
}

/** What was marked after one of the marks. */
export interface LedgerTouches {
  /** The newest mark's id. */
  readonly newest: number;
  /** The earliest `from` of each machine's marks; `null`: too many came since to be kept. */
  readonly from: ReadonlyMap<string, EpochMs> | null;
}

/** How far a machine is recorded, and the configuration (hash) it is recorded with. */
export interface LedgerStanding {
  readonly until: EpochMs;
  readonly config: string | null;
}

/** Touches that are kept, about: enough for two days of a thousand machines that close an hour each hour. */
const MOST_TOUCHES = 50_000;
/** Marks of a machine and cause that only say why; of more, the oldest two become one. */
const MOST_SAID = 100;

const COLUMNS = 'id, machine, from_ts AS "from", to_ts AS "to", cause, former, says_only AS saysOnly';

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
  const keepDocument = db.prepare(
    'INSERT INTO ledger_document (hash, document) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING',
  );
  const document = db.prepare('SELECT document FROM ledger_document WHERE hash = ?');
  const insert = db.prepare(
    'INSERT INTO ledger_mark (machine, from_ts, to_ts, cause, former, says_only) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const oldest = db.prepare(`SELECT ${COLUMNS} FROM ledger_mark WHERE says_only = 0 ORDER BY id LIMIT ?`);
  const ofMachine = db.prepare(`SELECT ${COLUMNS} FROM ledger_mark WHERE machine = ? ORDER BY id`);
  const said = db.prepare(
    `SELECT id, from_ts AS "from" FROM ledger_mark
     WHERE machine = ? AND says_only = 1 AND cause IS ? ORDER BY id`,
  );
  const reachBack = db.prepare('UPDATE ledger_mark SET from_ts = min(from_ts, ?) WHERE id = ?');
  const remove = db.prepare('DELETE FROM ledger_mark WHERE id = ?');
  const move = db.prepare(
    'UPDATE ledger_mark SET from_ts = ?1, to_ts = max(to_ts, ?1) WHERE id = ?2 AND from_ts < ?1',
  );
  const touch = db.prepare('INSERT INTO ledger_touch VALUES (?, ?, ?)');
  const forgetTouches = db.prepare('DELETE FROM ledger_touch WHERE id <= ?');
  const touches = db.prepare(
    'SELECT machine, min(from_ts) AS "from", max(id) AS newest FROM ledger_touch WHERE id > ? GROUP BY machine',
  );
  const oldestTouch = db.prepare('SELECT min(id) AS id FROM ledger_touch');
  const newestTouch = db.prepare('SELECT max(id) AS id FROM ledger_touch');
  const standings = db.prepare(
    'SELECT machine, until, config FROM ledger_recorded LEFT JOIN ledger_config USING (machine)',
  );
  const earliest = db.prepare(
    'SELECT machine, min(from_ts) AS "from" FROM ledger_mark WHERE says_only = 0 GROUP BY machine',
  );
  const answered = db.prepare('SELECT machine, until FROM ledger_answered');
  const answeredOf = db.prepare('SELECT until FROM ledger_answered WHERE machine = ?');
  const newestAnswered = db.prepare('SELECT max(until) AS until FROM ledger_answered');

  const setWatched = db.prepare(
    `INSERT INTO stored_watched (machine, until, seq) VALUES (?, ?, ?)
     ON CONFLICT (machine) DO UPDATE SET until = excluded.until, seq = excluded.seq`,
  );
  const newestWatched = db.prepare('SELECT max(seq) AS seq FROM stored_watched');
  const watchedSince = db.prepare('SELECT machine, until FROM stored_watched WHERE seq > ?');
  const watched = new Map<string, EpochMs>();
  let lastWatched = 0;

  /** One that reaches as far back and came later says all that another says. */
  function foldSaid({ machine, from, cause = null }: Omit<LedgerMark, 'id'>): void {
    const all = said.all(machine, cause) as unknown as { id: number; from: EpochMs }[];
    const left = all.filter((one) => one.from < from);
    for (const one of all) if (one.from >= from) remove.run(one.id);
    const [oldest, next] = left;
    if (left.length < MOST_SAID || !oldest || !next) return;
    reachBack.run(oldest.from, next.id);
    remove.run(oldest.id);
  }

  function each<T>(entries: readonly T[], write: (entry: T) => void): void {
    if (entries.length === 0) return;
    // Whoever has begun a transaction writes its marks in it.
    if (db.isTransaction) entries.forEach(write);
    else inTransaction(db, () => entries.forEach(write));
  }

  return {
    recordedUntil(machine: string): EpochMs | null {
      return (until.get(machine)?.until as EpochMs | undefined) ?? null;
    },

    newestRecorded(): EpochMs | null {
      return newestUntil.get()?.until as EpochMs | null;
    },

    /** Up to where facts can change what was answered of a machine, recorded or not; `null`: nothing was. */
    answeredUntil(machine: string): EpochMs | null {
      return (answeredOf.get(machine)?.until as EpochMs | undefined) ?? null;
    },

    /** Tells up to where stored values are judged by somebody who isn't told of them; to be called before they are read. */
    setWatchedUntil(entries: readonly { readonly machine: string; readonly until: EpochMs }[]): void {
      if (entries.length === 0) return;
      inTransaction(db, () => {
        const seq = ((newestWatched.get()?.seq as number | null) ?? 0) + 1;
        for (const { machine, until } of entries) setWatched.run(machine, until, seq);
      });
    },

    /** What others told so, by machine. */
    watched(): ReadonlyMap<string, EpochMs> {
      const newest = (newestWatched.get()?.seq as number | null) ?? 0;
      if (newest === lastWatched) return watched;
      for (const { machine, until } of watchedSince.all(lastWatched)) {
        watched.set(machine as string, until as EpochMs);
      }
      lastWatched = newest;
      return watched;
    },

    newestAnswered(): EpochMs | null {
      return newestAnswered.get()?.until as EpochMs | null;
    },

    answered(): ReadonlyMap<string, EpochMs> {
      return new Map(answered.all().map(({ machine, until }) => [machine as string, until as EpochMs]));
    },

    setRecordedUntil(entries: readonly { readonly machine: string; readonly until: EpochMs }[]): void {
      each(entries, (entry) => setUntil.run(entry.machine, entry.until));
    },

    configOf(machine: string): string | null {
      return (config.get(machine)?.config as string | undefined) ?? null;
    },

    setConfig(
      entries: readonly { readonly machine: string; readonly config: string; readonly document?: string }[],
    ): void {
      each(entries, ({ machine, config: hash, document }) => {
        if (document !== undefined) keepDocument.run(hash, document);
        setConfig.run(machine, hash);
      });
    },

    documentOf(hash: string): string | null {
      return (document.get(hash)?.document as string | undefined) ?? null;
    },

    mark(marks: readonly Omit<LedgerMark, 'id'>[]): void {
      let newest = 0;
      each(marks, (mark) => {
        const { machine, from, to, cause = null, former = null, saysOnly = false } = mark;
        if (saysOnly) foldSaid(mark);
        newest = Number(insert.run(machine, from, to, cause, former, saysOnly ? 1 : 0).lastInsertRowid);
        touch.run(newest, machine, from);
      });
      // Every so often: to keep the number exactly would cost a deletion each time.
      if (Math.floor(newest / MOST_TOUCHES) > Math.floor((newest - marks.length) / MOST_TOUCHES)) {
        forgetTouches.run(newest - MOST_TOUCHES);
      }
    },

    /** A touch without a mark: nothing is to be worked off. */
    touch(entries: readonly { readonly machine: string; readonly from: EpochMs }[]): void {
      each(entries, ({ machine, from }) => {
        const id = Number(insert.run(machine, from, from, null, null, 0).lastInsertRowid);
        touch.run(id, machine, from);
        remove.run(id);
      });
    },

    /** Lowest id first. They stay until cleared: a recorder that dies midway finds them again. */
    takeMarks(limit: number): readonly LedgerMark[] {
      return oldest.all(limit).map(markOf);
    },

    newestMark: (): number => (newestTouch.get()?.id as number | null) ?? 0,

    marksOf(machine: string): readonly LedgerMark[] {
      return ofMachine.all(machine).map(markOf);
    },

    /** Marks that came meanwhile have other ids and stay. */
    clearMarks(ids: readonly number[]): void {
      each(ids, (id) => remove.run(id));
    },

    /** Their ids stay, so that what was told with a mark isn't told again. */
    moveMarks(ids: readonly number[], from: EpochMs): void {
      each(ids, (id) => move.run(from, id));
    },

    touchedSince(id: number): LedgerTouches {
      const rows = touches.all(id) as unknown as { machine: string; from: EpochMs; newest: number }[];
      const first = (oldestTouch.get()?.id as number | null | undefined) ?? id + 1;
      const newest = rows.reduce((highest, row) => Math.max(highest, row.newest), id);
      return { newest, from: first > id + 1 ? null : new Map(rows.map((row) => [row.machine, row.from])) };
    },

    standings(): ReadonlyMap<string, LedgerStanding> {
      const rows = standings.all() as unknown as (LedgerStanding & { machine: string })[];
      return new Map(rows.map((row) => [row.machine, row]));
    },

    pending(): ReadonlyMap<string, EpochMs> {
      return new Map(earliest.all().map(({ machine, from }) => [machine as string, from as EpochMs]));
    },
  };
}

function markOf({ saysOnly, ...row }: Record<string, unknown>): LedgerMark {
  return { ...(row as unknown as LedgerMark), ...(saysOnly === 1 && { saysOnly: true }) };
}
