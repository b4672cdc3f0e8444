import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { EpochMs, Span } from '../domain/time.ts';
import {
  type CorrectionAction,
  type CorrectionKind,
  type NewCorrection,
  STORED_KINDS,
} from '../domain/values/correction.ts';
import { LISTED_EACH_HOUR } from '../domain/values/words.ts';
import { correctionOf, jsonOf } from './correction-rows.ts';
import { inTransaction } from './transaction.ts';

interface Filter {
  readonly machine?: string;
  readonly signal?: string;
  readonly kind?: CorrectionKind;
  /** Those that touch the half-open span of source times. */
  readonly from?: EpochMs;
  readonly to?: EpochMs;
}

/** A place in the journal of an ingest. */
interface UpTo {
  readonly journal: string;
  readonly record: number;
}

/** How many there were of a kind, and how many of them are in the list. */
export interface CorrectionTotal {
  readonly kind: CorrectionKind;
  readonly action: CorrectionAction;
  readonly count: number;
  readonly listed: number;
}

/** An event as it leaves the list. */
interface Leaving {
  readonly machine: string;
  readonly kind: CorrectionKind;
  readonly action: CorrectionAction;
  readonly first: EpochMs;
  readonly count: number;
}

const LEFT = 'RETURNING machine, kind, action, first_ts AS first, count';
const STORED: ReadonlySet<CorrectionKind> = new Set(STORED_KINDS);
const HOUR_MS = 3_600_000;
const hourOf = (at: EpochMs): EpochMs => at - (at % HOUR_MS);
/** An event about stored values lies in one hour. */
const wholeHours = ({ from, to }: Span): Span => ({
  from: hourOf(from),
  to: Math.ceil(to / HOUR_MS) * HOUR_MS,
});
const IS_STORED = `kind IN (${STORED_KINDS.map((kind) => `'${kind}'`).join(', ')})`;

/** The list of corrections: newest first, at most `mostEach` of each kind, of which the oldest go first; all are counted. */
export function openCorrections(db: DatabaseSync, { mostEach }: { readonly mostEach: number }) {
  const insert = db.prepare(
    `INSERT INTO correction (machine, signal, kind, action, rule, rule_zh, first_ts, last_ts, received_at, count, previous, raw, result, last_raw)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare(
    `UPDATE correction SET first_ts = min(first_ts, ?), last_ts = max(last_ts, ?), received_at = ?, count = count + ?, last_raw = ?
     WHERE id = ?`,
  );
  const addTotal = db.prepare(
    `INSERT INTO correction_total (kind, action, count, listed) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, action) DO UPDATE SET count = count + excluded.count, listed = listed + excluded.listed`,
  );
  const dropBeyond = db.prepare(
    `DELETE FROM correction WHERE kind = ?
     AND id <= (SELECT id FROM correction WHERE kind = ? ORDER BY id DESC LIMIT 1 OFFSET ?) ${LEFT}`,
  );
  const dropBefore = db.prepare(`DELETE FROM correction WHERE received_at < ? ${LEFT}`);
  const addLeft = db.prepare(
    `INSERT INTO correction_left (machine, hour, kind, action, count) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (machine, hour, kind, action) DO UPDATE SET count = count + excluded.count`,
  );
  const takeLeft = db.prepare(
    'DELETE FROM correction_left WHERE machine = ? AND hour >= ? AND hour < ? RETURNING kind, action, count',
  );
  // What is stored no more is never judged again. The newest horizon of all leads along the index to the few that can go.
  const forgetLeft = db.prepare(
    `DELETE FROM correction_left WHERE hour < (SELECT max(before_ts) FROM raw_horizon)
       AND hour < (SELECT before_ts FROM raw_horizon WHERE raw_horizon.machine = correction_left.machine)`,
  );
  const ofHour = db.prepare(
    `SELECT count(*) AS rows, max(id) AS last FROM correction
     WHERE machine = ? AND signal = ? AND kind = ? AND first_ts >= ? AND first_ts < ?`,
  );
  const takenOut = db.prepare(
    `SELECT kind, action, sum(count) AS count FROM correction
     WHERE machine = ? AND ${IS_STORED} AND first_ts >= ? AND first_ts < ? GROUP BY kind, action`,
  );
  const takeOut = db.prepare(
    `DELETE FROM correction WHERE machine = ? AND ${IS_STORED} AND first_ts >= ? AND first_ts < ?`,
  );
  const overlapping = db.prepare(
    `SELECT min(first_ts) AS first, max(last_ts) AS last FROM correction
     WHERE machine = ? AND ${IS_STORED} AND first_ts < ? AND last_ts >= ?`,
  );
  const setPosition = db.prepare(
    `INSERT INTO correction_position (journal, record) VALUES (?, ?)
     ON CONFLICT (journal) DO UPDATE SET record = max(record, excluded.record)`,
  );
  const position = db.prepare('SELECT record FROM correction_position WHERE journal = ?');
  const totals = db.prepare(
    'SELECT kind, action, count, listed FROM correction_total WHERE count > 0 ORDER BY kind, action',
  );
  const counts = db.prepare(
    'SELECT kind, action, count FROM correction_total WHERE count > 0 ORDER BY kind, action',
  );

  function add(one: NewCorrection): number {
    const { lastInsertRowid } = insert.run(
      ...[one.machine, one.signal, one.kind, one.action, one.words.en, one.words.zh],
      ...[one.from, one.to, one.receivedAt, one.count],
      ...[one.before, one.raw, one.result, one.lastRaw].map(jsonOf),
    );
    return Number(lastInsertRowid);
  }

  /** `false`: it isn't listed any more. */
  function countOn(id: number, { from, to, receivedAt, lastRaw }: NewCorrection, more: number): boolean {
    return update.run(from, to, receivedAt, more, jsonOf(lastRaw), id).changes > 0;
  }

  /** What leaves the list stays counted; of what can be judged again it is kept of which hour it was. */
  function left(rows: readonly Record<string, unknown>[]): void {
    for (const { machine, kind, action, first, count } of rows as unknown as readonly Leaving[]) {
      addTotal.run(kind, action, 0, -count);
      if (STORED.has(kind)) addLeft.run(machine, hourOf(first), kind, action, count);
    }
  }

  function dropOld(kinds: Iterable<CorrectionKind>): void {
    for (const kind of new Set(kinds)) left(dropBeyond.all(kind, kind, mostEach));
  }

  /** Of an hour of a series only so many stand one by one. */
  function addStored(one: NewCorrection): void {
    const hour = hourOf(one.from);
    const { rows, last } = ofHour.get(one.machine, one.signal, one.kind, hour, hour + HOUR_MS) as {
      rows: number;
      last: number | null;
    };
    if (last !== null && rows >= (LISTED_EACH_HOUR[one.kind] ?? 1)) countOn(last, one, one.count);
    else add(one);
    addTotal.run(one.kind, one.action, one.count, one.count);
  }

  return {
    /**
     * Adds those without an id, and to the others what came since; gives the ids in the same order. `more`: how many values
     * of the count are not listed yet. `upTo`: all events of the journal up to that record are listed then.
     */
    put(
      corrections: readonly (NewCorrection & { readonly id: number | null; readonly more: number })[],
      upTo?: UpTo,
    ): readonly number[] {
      return inTransaction(db, () => {
        const ids = corrections.map((one) => {
          const isListed = one.id === null || countOn(one.id, one, one.more);
          const listed = one.id === null ? one.count : isListed ? one.more : 0;
          addTotal.run(one.kind, one.action, one.more, listed);
          return one.id ?? add(one);
        });
        dropOld(corrections.map(({ kind }) => kind));
        if (upTo) setPosition.run(upTo.journal, upTo.record);
        return ids;
      });
    },

    /** The record of a journal up to which its events are listed; 0: none. */
    positionOf: (journal: string): number =>
      (position.get(journal) as { record: number } | undefined)?.record ?? 0,

    /** A span, widened to whole hours and to the events about what is stored that reach out of it. */
    around(machine: string, span: Span): Span {
      let { from, to } = wholeHours(span);
      for (;;) {
        const { first, last } = overlapping.get(machine, to, from) as Record<string, number | null>;
        const wider = wholeHours({
          from: Math.min(from, first ?? from),
          to: Math.max(to, (last ?? to - 1) + 1),
        });
        if (wider.from === from && wider.to === to) return wider;
        ({ from, to } = wider);
      }
    },

    /**
     * Adds events about what is stored; with spans, in place of those of the machines that began in them, listed or not:
     * of what left the list, whole hours are known.
     */
    putStored(
      events: readonly NewCorrection[],
      instead: readonly (Span & { readonly machine: string })[] = [],
    ): void {
      if (events.length === 0 && instead.length === 0) return;
      inTransaction(db, () => {
        for (const { machine, from, to } of instead) {
          for (const { kind, action, count } of takenOut.all(machine, from, to)) {
            addTotal.run(kind as string, action as string, -(count as number), -(count as number));
          }
          takeOut.run(machine, from, to);
          for (const { kind, action, count } of takeLeft.all(machine, from, to)) {
            addTotal.run(kind as string, action as string, -(count as number), 0);
          }
        }
        for (const one of events) addStored(one);
        dropOld(events.map(({ kind }) => kind));
      });
    },

    /** Newest first; `cursor` is the `next` of the page before. */
    list({
      limit,
      cursor = Number.MAX_SAFE_INTEGER,
      ...filter
    }: Filter & { readonly limit: number; readonly cursor?: number }) {
      const { clauses, values } = conditions(filter);
      const rows = db
        .prepare(
          `SELECT * FROM correction WHERE ${['id < ?', ...clauses].join(' AND ')} ORDER BY id DESC LIMIT ?`,
        )
        .all(cursor, ...values, limit + 1)
        .map(correctionOf);
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    /** All that ever were, by kind and by what was done. */
    totals: (): readonly CorrectionTotal[] => totals.all().map((row) => ({ ...row }) as never),

    /** The same without how many are listed. */
    counts: (): readonly Omit<CorrectionTotal, 'listed'>[] =>
      counts.all().map((row) => ({ ...row }) as never),

    /** Takes out what was received before an instant; the totals stay. */
    purge(before: EpochMs): void {
      inTransaction(db, () => {
        left(dropBefore.all(before));
        forgetLeft.run();
      });
    },
  };
}

function conditions({ machine, signal, kind, from, to }: Filter): {
  clauses: string[];
  values: SQLInputValue[];
} {
  const given: readonly (readonly [string, SQLInputValue | undefined])[] = [
    ['machine = ?', machine],
    ['signal = ?', signal],
    ['kind = ?', kind],
    ['last_ts >= ?', from],
    ['first_ts < ?', to],
  ];
  const said = given.filter((one): one is readonly [string, SQLInputValue] => one[1] !== undefined);
  return { clauses: said.map(([clause]) => clause), values: said.map(([, value]) => value) };
}
