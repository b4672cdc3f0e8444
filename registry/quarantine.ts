import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { RefusalCode } from '../domain/refusal.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/** Bodies up to this are kept whole; of larger ones {@link LARGE_BODY_KEPT_BYTES}, the size and the SHA-256. */
export const WHOLE_BODY_BYTES = 1024 * 1024;
export const LARGE_BODY_KEPT_BYTES = 64 * 1024;
/** Larger than any body. */
const LARGEST_BODY_BYTES = 2 ** 31 - 1;
/** Nobody else writes meanwhile. */
const PURGED_AT_ONCE = 1000;

/** A refused message at rest. `payload` is empty where the byte cap or a removal took the body. */
export interface QuarantineRow {
  readonly id: number;
  readonly source: string;
  readonly topic: string;
  readonly receivedAt: EpochMs;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly payload: Uint8Array;
  /** Bytes of the payload at rest; more than `payload` has where less was asked for. */
  readonly keptBytes: number;
  readonly payloadBytes: number;
  readonly sha256: string;
  readonly truncated: boolean;
}

interface Filter {
  readonly code?: RefusalCode;
  /** A topic, or with a last level `#` everything below it. */
  readonly topic?: string;
}

const COLUMNS = `id, source, topic, received_at, code, detail, coalesce(substr(payload, 1, ?), x'') AS payload,
  length(payload) AS kept_bytes, payload_bytes, sha256, truncated`;

/** The quarantine: `put` and `remove` are durable on return. */
export function openQuarantine(db: DatabaseSync, { maxBodyBytes }: { readonly maxBodyBytes: number }) {
  const insert = db.prepare(
    `INSERT INTO quarantine (key, source, topic, received_at, code, detail, payload, payload_bytes, sha256, truncated)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
  );
  const bodyBytes = db.prepare('SELECT body_bytes FROM quarantine_size');
  const oldestBodies = db.prepare(
    'SELECT id, length(payload) AS bytes FROM quarantine WHERE length(payload) > 0 ORDER BY id LIMIT 100',
  );
  const dropBody = db.prepare(`UPDATE quarantine SET payload = x'' WHERE id = ?`);
  const remove = db.prepare(`UPDATE quarantine SET removed = 1, payload = x'' WHERE id = ? AND removed = 0`);
  const endHold = db.prepare('DELETE FROM replay_hold WHERE id = ?');
  // Ids follow the receive times, so that the oldest come first.
  const emptyOldest = db.prepare(
    `UPDATE quarantine SET payload = x'' WHERE id IN (SELECT id FROM quarantine ORDER BY id LIMIT ?) AND received_at < ?`,
  );
  const dropOldest = db.prepare(
    'DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine ORDER BY id LIMIT ?) AND received_at < ?',
  );
  const byId = db.prepare(`SELECT ${COLUMNS} FROM quarantine WHERE id = ? AND removed = 0`);
  const size = (): number => bodyBytes.get()!.body_bytes as number;

  function dropOldestBodies(): void {
    for (let excess = size() - maxBodyBytes; excess > 0; excess = size() - maxBodyBytes) {
      for (const { id, bytes } of oldestBodies.all() as { id: number; bytes: number }[]) {
        if (excess <= 0) break;
        dropBody.run(id);
        excess -= bytes;
      }
    }
  }

  function find(
    filter: Filter,
    { bound, boundary, order }: { bound: string; boundary: number; order: 'ASC' | 'DESC' },
    { limit, bodyBytes = LARGEST_BODY_BYTES }: { limit: number; bodyBytes?: number | undefined },
  ) {
    const { clauses, values } = conditions(filter);
    const rows = db
      .prepare(
        `SELECT ${COLUMNS} FROM quarantine WHERE removed = 0 AND ${[bound, ...clauses].join(' AND ')}
         ORDER BY id ${order} LIMIT ?`,
      )
      .all(bodyBytes, boundary, ...values, limit);
    return rows.map(rowOf);
  }

  return {
    /** A key that was ever put is left alone. */
    put(messages: readonly (Omit<QuarantineRow, 'id' | 'keptBytes'> & { readonly key: string })[]): void {
      if (messages.length === 0) return;
      inTransaction(db, () => {
        for (const message of messages) {
          const large = message.payload.length > WHOLE_BODY_BYTES;
          insert.run(
            message.key,
            message.source,
            message.topic,
            message.receivedAt,
            message.code,
            message.detail,
            large ? message.payload.subarray(0, LARGE_BODY_KEPT_BYTES) : message.payload,
            message.payloadBytes,
            message.sha256,
            Number(large || message.truncated),
          );
        }
        dropOldestBodies();
      });
    },

    /** Newest first; `cursor` is the `next` of the page before. */
    list({
      limit,
      cursor = Number.MAX_SAFE_INTEGER,
      bodyBytes,
      ...filter
    }: Filter & {
      readonly limit: number;
      readonly cursor?: number;
      /** No more than so many bytes of each body; absent: all that is kept. */
      readonly bodyBytes?: number;
    }) {
      const newest = { bound: 'id < ?', boundary: cursor, order: 'DESC' } as const;
      const rows = find(filter, newest, { limit: limit + 1, bodyBytes });
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? items.at(-1)!.id : null };
    },

    /** How many messages rest here for each reason, and when the newest of them was received. */
    countByCode(
      filter: Pick<Filter, 'topic'>,
    ): { readonly code: RefusalCode; readonly count: number; readonly newest: EpochMs }[] {
      const { clauses, values } = conditions(filter);
      const rows = db
        .prepare(
          `SELECT counted.code, counted.count, newest.received_at AS newest
           FROM (SELECT code, COUNT(*) AS count, MAX(id) AS id FROM quarantine
                 WHERE ${['removed = 0', ...clauses].join(' AND ')} GROUP BY code) AS counted
           JOIN quarantine AS newest ON newest.id = counted.id ORDER BY counted.code`,
        )
        .all(...values);
      return rows.map(({ code, count, newest }) => ({
        code: code as RefusalCode,
        count: count as number,
        newest: newest as EpochMs,
      }));
    },

    /** Oldest first, ids above `after`. */
    select(
      selection: { readonly ids: readonly number[] } | Filter,
      after: number,
      limit: number,
    ): readonly QuarantineRow[] {
      if (!('ids' in selection)) {
        return find(selection, { bound: 'id > ?', boundary: after, order: 'ASC' }, { limit });
      }
      return [...new Set(selection.ids)]
        .filter((id) => id > after)
        .sort((a, b) => a - b)
        .map((id) => byId.get(LARGEST_BODY_BYTES, id))
        .filter((row) => row !== undefined)
        .slice(0, limit)
        .map(rowOf);
    },

    remove(ids: readonly number[]): void {
      if (ids.length === 0) return;
      inTransaction(db, () => {
        for (const id of ids) {
          remove.run(id);
          endHold.run(id);
        }
      });
    },

    /** Takes out what was received before an instant, rows and all; the books keep the counts. */
    purge(before: EpochMs): void {
      for (let dropped = 1; dropped > 0; ) {
        dropped = inTransaction(db, () => {
          // Without its body, so that the sum of the bodies stays right.
          emptyOldest.run(PURGED_AT_ONCE, before);
          return Number(dropOldest.run(PURGED_AT_ONCE, before).changes);
        });
      }
    },

    /** Bytes of the bodies at rest. */
    bodyBytes: size,
  };
}

function conditions({ code, topic }: Filter): { clauses: string[]; values: SQLInputValue[] } {
  const clauses: string[] = [];
  const values: SQLInputValue[] = [];
  if (code !== undefined) {
    clauses.push('code = ?');
    values.push(code);
  }
  if (topic?.endsWith('/#')) {
    const parent = topic.slice(0, -2);
    clauses.push(`(topic = ? OR (topic >= ? AND topic < ?))`);
    values.push(parent, `${parent}/`, `${parent}0`); // '0' follows '/' in ASCII
  } else if (topic !== undefined) {
    clauses.push('topic = ?');
    values.push(topic);
  }
  return { clauses, values };
}

function rowOf(row: Record<string, unknown>): QuarantineRow {
  return {
    id: row.id as number,
    source: row.source as string,
    topic: row.topic as string,
    receivedAt: row.received_at as EpochMs,
    code: row.code as RefusalCode,
    detail: row.detail as string,
    payload: row.payload as Uint8Array,
    keptBytes: row.kept_bytes as number,
    payloadBytes: row.payload_bytes as number,
    sha256: row.sha256 as string,
    truncated: row.truncated === 1,
  };
}
