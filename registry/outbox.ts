import type { DatabaseSync } from 'node:sqlite';
import type { Alert, AlertEvent } from '../domain/alert.ts';
import type { EpochMs } from '../domain/time.ts';
import { alertOf } from './alerts.ts';
import { inTransaction } from './transaction.ts';

/** More than this are told in one message after the next. */
const MOST_AT_ONCE = 20_000;

/** How a channel's messages stand. */
export interface ChannelStanding {
  readonly channel: string;
  /** Packed, not yet delivered. */
  readonly waiting: number;
  readonly lastDeliveredAt: EpochMs | null;
  /** Of the newest message that failed since; `null`: none did. */
  readonly lastError: string | null;
}

/** Messages on their way to channels, from the transaction in which they were decided until they are delivered or given up. */
export function openOutbox(db: DatabaseSync) {
  const dueTellings = db.prepare(
    `SELECT t.id AS telling, t.event, t.due_at > t.at AS held, a.id, a.entry, a.rule, a.subject, a.severity, a.state, a.since,
       a.fired_at AS firedAt, a.acknowledged_at AS acknowledgedAt, a.acknowledged_by AS acknowledgedBy,
       a.acknowledged_note AS acknowledgedNote, a.resolved_at AS resolvedAt, a.clear_since AS clearSince,
       a.told_at AS toldAt, a.evidence
     FROM alert_telling AS t JOIN alert AS a ON a.id = t.alert
     WHERE t.message IS NULL AND t.channel = ? AND t.due_at <= ? ORDER BY t.id LIMIT ${MOST_AT_ONCE}`,
  );
  const fresh = db.prepare(
    'SELECT EXISTS (SELECT 1 FROM outbox WHERE finished_at IS NULL AND channel = ? AND attempts < ?) AS found',
  );
  const insert = db.prepare(
    'INSERT INTO outbox (key, channel, created_at, due_at, message) VALUES (?1, ?2, ?3, ?3, ?4)',
  );
  const assign = db.prepare('UPDATE alert_telling SET message = ? WHERE id = ? AND message IS NULL');
  const due = db.prepare(
    `SELECT min(id) AS id, channel, created_at AS createdAt, attempts, message FROM outbox
     WHERE finished_at IS NULL AND due_at <= ? GROUP BY channel`,
  );
  const release = db.prepare('UPDATE alert_telling SET message = NULL, due_at = ? WHERE message = ?');
  const discard = db.prepare('DELETE FROM outbox WHERE id = ? AND finished_at IS NULL');
  const delivered = db.prepare(
    `UPDATE outbox SET delivered = 1, attempts = attempts + 1, finished_at = ?2, due_at = NULL, error = NULL
     WHERE id = ?1 AND finished_at IS NULL`,
  );
  const failed = db.prepare(
    'UPDATE outbox SET attempts = attempts + 1, error = ?2, due_at = ?3 WHERE id = ?1 AND finished_at IS NULL',
  );
  const givenUp = db.prepare(
    `UPDATE outbox SET attempts = attempts + 1, error = ?2, finished_at = ?3, due_at = NULL
     WHERE id = ?1 AND finished_at IS NULL`,
  );
  const retire = db.prepare(
    `UPDATE outbox SET error = 'the channel is not configured any more', finished_at = ?2, due_at = NULL
     WHERE finished_at IS NULL AND channel NOT IN (SELECT value FROM json_each(?1))`,
  );
  const forget = db.prepare(
    'DELETE FROM alert_telling WHERE message IS NULL AND channel NOT IN (SELECT value FROM json_each(?))',
  );
  const standings = db.prepare(
    `SELECT channel, sum(finished_at IS NULL) AS waiting, max(CASE WHEN delivered THEN finished_at END) AS lastDeliveredAt
     FROM outbox GROUP BY channel`,
  );
  const lastError = db.prepare(
    `SELECT error FROM outbox WHERE channel = ? AND error IS NOT NULL AND coalesce(finished_at, created_at) >= ?
     ORDER BY id DESC LIMIT 1`,
  );

  return {
    dueTellings(channel: string, at: EpochMs) {
      return dueTellings.all(channel, at).map(({ telling, event, held, ...alert }) => ({
        id: telling as number,
        event: event as AlertEvent,
        held: held === 1,
        alert: alertOf(alert) as Alert,
      }));
    },

    hasFresh: (channel: string, fewerAttempts: number): boolean =>
      fresh.get(channel, fewerAttempts)!.found === 1,

    pack({
      key,
      channel,
      at,
      message,
      tellings,
    }: {
      readonly key: string;
      readonly channel: string;
      readonly at: EpochMs;
      readonly message: unknown;
      readonly tellings: readonly number[];
    }): void {
      inTransaction(db, () => {
        const { lastInsertRowid } = insert.run(key, channel, at, JSON.stringify(message));
        for (const telling of tellings) assign.run(lastInsertRowid, telling);
      });
    },

    due: (at: EpochMs) =>
      due.all(at).map(({ id, channel, createdAt, attempts, message }) => ({
        id: id as number,
        channel: channel as string,
        createdAt: createdAt as EpochMs,
        attempts: attempts as number,
        message: JSON.parse(message as string) as unknown,
      })),

    unpack(id: number, dueAt: EpochMs): void {
      inTransaction(db, () => {
        release.run(dueAt, id);
        discard.run(id);
      });
    },

    delivered: (id: number, at: EpochMs): void => void delivered.run(id, at),
    failed: (id: number, { error, dueAt }: { readonly error: string; readonly dueAt: EpochMs }): void =>
      void failed.run(id, error, dueAt),
    givenUp: (id: number, { error, at }: { readonly error: string; readonly at: EpochMs }): void =>
      void givenUp.run(id, error, at),

    retire(channels: readonly string[], at: EpochMs): number {
      return inTransaction(db, () => {
        forget.run(JSON.stringify(channels));
        return Number(retire.run(JSON.stringify(channels), at).changes);
      });
    },

    standings(): readonly ChannelStanding[] {
      return standings.all().map(({ channel, waiting, lastDeliveredAt }) => ({
        channel: channel as string,
        waiting: waiting as number,
        lastDeliveredAt: lastDeliveredAt as EpochMs | null,
        lastError: (lastError.get(channel as string, (lastDeliveredAt as EpochMs | null) ?? 0)?.error ??
          null) as string | null,
      }));
    },
  };
}
