import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Alert, AlertEvent, AlertState, Telling } from '../domain/alert.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

interface NewTelling {
  readonly channel: string;
  readonly event: AlertEvent;
  readonly at: EpochMs;
  readonly dueAt: EpochMs;
}

const COLUMNS = `id, entry, rule, subject, severity, state, since, fired_at AS firedAt, acknowledged_at AS acknowledgedAt,
  acknowledged_by AS acknowledgedBy, acknowledged_note AS acknowledgedNote, resolved_at AS resolvedAt,
  clear_since AS clearSince, told_at AS toldAt, evidence`;

export const alertOf = (row: Record<string, unknown>): Alert =>
  ({ ...row, evidence: JSON.parse(row.evidence as string) }) as unknown as Alert;

/**
 * Alerts, from when their condition began until it was over, and who was told. Two looks can't open the same alert twice: the
 * file itself refuses that. Every write is one transaction, durable on return.
 */
export function openAlerts(db: DatabaseSync) {
  const open = db.prepare(`SELECT ${COLUMNS} FROM alert WHERE state <> 'resolved' ORDER BY id`);
  const byId = db.prepare(`SELECT ${COLUMNS} FROM alert WHERE id = ?`);
  const insert = db.prepare(
    `INSERT INTO alert (entry, rule, subject, severity, state, since, fired_at, told_at, evidence)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  // Who acknowledges meanwhile, in another process, is not undone.
  const update = db.prepare(
    `UPDATE alert SET severity = ?2, since = ?4, fired_at = ?5, resolved_at = ?6, clear_since = ?7, told_at = ?8, evidence = ?9,
       state = CASE WHEN ?3 <> 'resolved' AND state = 'acknowledged' THEN state ELSE ?3 END
     WHERE id = ?1 AND state <> 'resolved'`,
  );
  const drop = db.prepare(`DELETE FROM alert WHERE id = ? AND state = 'pending'`);
  const tell = db.prepare(
    'INSERT INTO alert_telling (alert, channel, event, at, due_at) VALUES (?, ?, ?, ?, ?)',
  );
  const acknowledge = db.prepare(
    `UPDATE alert SET state = 'acknowledged', acknowledged_at = ?2, acknowledged_by = ?3, acknowledged_note = ?4
     WHERE id = ?1 AND state = 'firing'`,
  );
  const dropOthers = db.prepare(
    `DELETE FROM alert WHERE state = 'pending' AND entry NOT IN (SELECT value FROM json_each(?))`,
  );
  const closeOthers = db.prepare(
    `UPDATE alert SET state = 'resolved', resolved_at = ?2 WHERE state <> 'resolved' AND entry NOT IN (SELECT value FROM json_each(?1))`,
  );
  const purge = db.prepare(`DELETE FROM alert WHERE state = 'resolved' AND resolved_at < ?`);
  const purgeOutbox = db.prepare('DELETE FROM outbox WHERE finished_at < ?');
  const tellings = db.prepare(
    `SELECT t.alert, t.channel, t.event, t.at, t.due_at AS heldUntil, t.message IS NULL AS held, o.attempts,
       o.due_at AS dueAt, o.finished_at AS finishedAt, o.delivered, o.error
     FROM alert_telling AS t LEFT JOIN outbox AS o ON o.id = t.message
     WHERE t.alert IN (SELECT value FROM json_each(?)) ORDER BY t.id`,
  );
  const get = (id: number): Alert | undefined => {
    const row = byId.get(id);
    return row && alertOf(row);
  };
  const tellAll = (alert: number, all: readonly NewTelling[]): void => {
    for (const { channel, event, at, dueAt } of all) tell.run(alert, channel, event, at, dueAt);
  };

  return {
    get,
    open: (): readonly Alert[] => open.all().map(alertOf),

    commit({
      begun,
      changed,
      dropped,
    }: {
      readonly begun: readonly {
        readonly alert: Omit<Alert, 'id'>;
        readonly tellings: readonly NewTelling[];
      }[];
      readonly changed: readonly { readonly alert: Alert; readonly tellings: readonly NewTelling[] }[];
      readonly dropped: readonly number[];
    }): void {
      if (begun.length + changed.length + dropped.length === 0) return;
      inTransaction(db, () => {
        for (const id of dropped) drop.run(id);
        for (const { alert, tellings } of begun) {
          const { entry, rule, subject, severity, state, since, firedAt, toldAt, evidence } = alert;
          const values = [entry, rule, subject, severity, state, since, firedAt, toldAt];
          const { changes, lastInsertRowid } = insert.run(...values, JSON.stringify(evidence));
          if (changes > 0) tellAll(Number(lastInsertRowid), tellings);
        }
        for (const { alert, tellings } of changed) {
          const { id, severity, state, since, firedAt, resolvedAt, clearSince, toldAt, evidence } = alert;
          const values = [id, severity, state, since, firedAt, resolvedAt, clearSince, toldAt];
          if (update.run(...values, JSON.stringify(evidence)).changes > 0) tellAll(id, tellings);
        }
      });
    },

    /** Whether it did: only a firing alert can be acknowledged. */
    acknowledge(
      id: number,
      said: { readonly by: string; readonly note: string | null; readonly at: EpochMs },
    ): boolean {
      return acknowledge.run(id, said.at, said.by, said.note).changes > 0;
    },

    closeOthers(entries: readonly string[], at: EpochMs): void {
      inTransaction(db, () => {
        dropOthers.run(JSON.stringify(entries));
        closeOthers.run(JSON.stringify(entries), at);
      });
    },

    purge(before: EpochMs): void {
      inTransaction(db, () => {
        purge.run(before);
        purgeOutbox.run(before);
      });
    },

    /** Newest first; `cursor` is the `next` of the page before. */
    list({
      limit,
      cursor = Number.MAX_SAFE_INTEGER,
      states,
      scope,
    }: {
      readonly limit: number;
      readonly cursor?: number;
      readonly states: readonly AlertState[];
      /** Only subjects in this path prefix of whole levels. */
      readonly scope?: string;
    }): { readonly items: readonly Alert[]; readonly next: number | null } {
      const inScope = scope === undefined ? '' : `AND (subject = ? OR (subject >= ? AND subject < ?))`;
      const bounds: SQLInputValue[] = scope === undefined ? [] : [scope, `${scope}/`, `${scope}0`]; // '0' follows '/' in ASCII
      const rows = db
        .prepare(
          `SELECT ${COLUMNS} FROM alert WHERE id < ? AND state IN (SELECT value FROM json_each(?)) ${inScope}
           ORDER BY id DESC LIMIT ?`,
        )
        .all(cursor, JSON.stringify(states), ...bounds, limit + 1);
      const items = rows.slice(0, limit).map(alertOf);
      return { items, next: rows.length > limit ? (items.at(-1) as Alert).id : null };
    },

    /** Who was told of alerts, by alert, oldest first. */
    tellingsOf(alerts: readonly number[]): ReadonlyMap<number, readonly Telling[]> {
      const rows = tellings.all(JSON.stringify(alerts));
      return Map.groupBy(rows.map(tellingOf), ([alert]) => alert)
        .entries()
        .reduce(
          (all, [alert, own]) =>
            all.set(
              alert,
              own.map(([, telling]) => telling),
            ),
          new Map(),
        );
    },
  };
}

function tellingOf(row: Record<string, unknown>): readonly [number, Telling] {
  const held = row.held === 1;
  const state = held
    ? 'held'
    : row.finishedAt === null
      ? 'waiting'
      : row.delivered === 1
        ? 'delivered'
        : 'given-up';
  const telling = {
    channel: row.channel,
    event: row.event,
    at: row.at,
    state,
    attempts: row.attempts ?? 0,
    dueAt: held ? row.heldUntil : row.dueAt,
    finishedAt: row.finishedAt,
    error: row.error,
  };
  return [row.alert as number, telling as Telling];
}
