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

const HOUR_MS = 3_600_000;
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
    `INSERT INTO correction_total (kind, action, count) VALUES (?, ?, ?)
     ON CONFLICT (kind, action) DO UPDATE SET count = count + excluded.count`,
  );
  const dropBeyond = db.prepare(
    `DELETE FROM correction WHERE kind = ?
     AND id <= (SELECT id FROM correction WHERE kind = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`,
  );
  const dropBefore = db.prepare('DELETE FROM correction WHERE received_at < ?');
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
    `SELECT t.kind, t.action, t.count,
       (SELECT coalesce(sum(c.count), 0) FROM correction c WHERE c.kind = t.kind AND c.action = t.action) AS listed
     FROM correction_total t WHERE t.count > 0 ORDER BY t.kind, t.action`,
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

  function countOn(id: number, { from, to, receivedAt, lastRaw }: NewCorrection, more: number): void {
    update.run(from, to, receivedAt, more, jsonOf(lastRaw), id);
  }

  function dropOld(kinds: Iterable<CorrectionKind>): void {
    for (const kind of new Set(kinds)) dropBeyond.run(kind, kind, mostEach);
  }

  /** Of an hour of a series only so many stand one by one. */
  function addStored(one: NewCorrection): void {
    const hour = one.from - (one.from % HOUR_MS);
    const { rows, last } = ofHour.get(one.machine, one.signal, one.kind, hour, hour + HOUR_MS) as {
      rows: number;
      last: number | null;
    };
    if (last !== null && rows >= (LISTED_EACH_HOUR[one.kind] ?? 1)) countOn(last, one, one.count);
    else add(one);
    addTotal.run(one.kind, one.action, one.count);
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
          addTotal.run(one.kind, one.action, one.more);
          if (one.id === null) return add(one);
          countOn(one.id, one, one.more);
          return one.id;
        });
        dropOld(corrections.map(({ kind }) => kind));
        if (upTo) setPosition.run(upTo.journal, upTo.record);
        return ids;
      });
    },

    /** The record of a journal up to which its events are listed; 0: none. */
    positionOf: (journal: string): number =>
      (position.get(journal) as { record: number } | undefined)?.record ?? 0,

    /** A span, widened to the events about what is stored that reach out of it. */
    around(machine: string, span: Span): Span {
      let { from, to } = span;
      for (;;) {
        const { first, last } = overlapping.get(machine, to, from) as Record<string, number | null>;
        const wider = { from: Math.min(from, first ?? from), to: Math.max(to, (last ?? to - 1) + 1) };
        if (wider.from === from && wider.to === to) return wider;
        ({ from, to } = wider);
      }
    },

    /** Adds events about what is stored; with spans, in place of those of the machines that began in them. */
    putStored(
      events: readonly NewCorrection[],
      instead: readonly (Span & { readonly machine: string })[] = [],
    ): void {
      if (events.length === 0 && instead.length === 0) return;
      inTransaction(db, () => {
        for (const { machine, from, to } of instead) {
          for (const { kind, action, count } of takenOut.all(machine, from, to)) {
            addTotal.run(kind as string, action as string, -(count as number));
          }
          takeOut.run(machine, from, to);
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

    /** The same without how many are listed, which takes as long as the list is. */
    counts: (): readonly Omit<CorrectionTotal, 'listed'>[] =>
      counts.all().map((row) => ({ ...row }) as never),

    /** Takes out what was received before an instant; the totals stay. */
    purge(before: EpochMs): void {
      dropBefore.run(before);
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
