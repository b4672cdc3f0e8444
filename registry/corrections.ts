import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SignalValue } from '../domain/observation.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Correction } from '../domain/values/correction.ts';
import type { CorrectionKind } from '../domain/values/rule.ts';
import { inTransaction } from './transaction.ts';

interface Filter {
  readonly machine?: string;
  readonly signal?: string;
  readonly kind?: CorrectionKind;
  /** Those that touch the half-open span of source times. */
  readonly from?: EpochMs;
  readonly to?: EpochMs;
}

/** The list of corrections: newest first, at most `maxRows`, of which the oldest go first. */
export function openCorrections(db: DatabaseSync, { maxRows }: { readonly maxRows: number }) {
  const insert = db.prepare(
    `INSERT INTO correction (machine, signal, kind, action, rule, first_ts, last_ts, received_at, count, raw, result, last_raw)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare(
    'UPDATE correction SET first_ts = ?, last_ts = ?, received_at = ?, count = ?, last_raw = ? WHERE id = ?',
  );
  const dropBeyond = db.prepare('DELETE FROM correction WHERE id <= (SELECT max(id) FROM correction) - ?');
  const dropBefore = db.prepare('DELETE FROM correction WHERE received_at < ?');

  return {
    /** Adds those without an id, and brings the others up to date; gives the ids in the same order. */
    put(
      corrections: readonly (Omit<Correction, 'id'> & { readonly id: number | null })[],
    ): readonly number[] {
      return inTransaction(db, () => {
        const ids = corrections.map((one) => {
          if (one.id !== null) {
            update.run(one.from, one.to, one.receivedAt, one.count, jsonOf(one.lastRaw), one.id);
            return one.id;
          }
          const { lastInsertRowid } = insert.run(
            ...[one.machine, one.signal, one.kind, one.action, one.rule],
            ...[one.from, one.to, one.receivedAt, one.count],
            ...[one.raw, one.result, one.lastRaw].map(jsonOf),
          );
          return Number(lastInsertRowid);
        });
        dropBeyond.run(maxRows);
        return ids;
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
        .map(rowOf);
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },

    /** Takes out what was received before an instant. */
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

const jsonOf = (value: SignalValue | null): string =>
  typeof value === 'bigint' ? JSON.stringify({ int64: String(value) }) : JSON.stringify(value);

function valueIn(json: unknown): SignalValue | null {
  const value = JSON.parse(json as string) as SignalValue | null | { readonly int64: string };
  return typeof value === 'object' && value !== null ? BigInt(value.int64) : value;
}

const rowOf = (row: Record<string, unknown>): Correction => ({
  id: row.id as number,
  machine: row.machine as string,
  signal: row.signal as string,
  kind: row.kind as CorrectionKind,
  action: row.action as Correction['action'],
  rule: row.rule as string,
  from: row.first_ts as EpochMs,
  to: row.last_ts as EpochMs,
  receivedAt: row.received_at as EpochMs,
  count: row.count as number,
  raw: valueIn(row.raw) as SignalValue,
  result: valueIn(row.result),
  lastRaw: valueIn(row.last_raw) as SignalValue,
});
