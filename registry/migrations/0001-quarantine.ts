import type { Migration } from './migration.ts';

/**
 * `removed` rows stay (without body), so that a journal frame replayed after a crash can't bring a message back that
 * was already taken out. The triggers keep the byte sum, which several processes change, in the same transaction.
 */
export const quarantine: Migration = {
  version: 1,
  title: 'quarantine of refused messages',
  sql: `
    CREATE TABLE quarantine (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL UNIQUE,
      source TEXT NOT NULL,
      topic TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      code TEXT NOT NULL,
      detail TEXT NOT NULL,
      payload BLOB NOT NULL,
      payload_bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      truncated INTEGER NOT NULL,
      removed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX quarantine_code ON quarantine (code, id) WHERE removed = 0;
    CREATE INDEX quarantine_topic ON quarantine (topic, id) WHERE removed = 0;
    CREATE INDEX quarantine_bodies ON quarantine (id) WHERE length(payload) > 0;
    CREATE TABLE quarantine_size (one INTEGER PRIMARY KEY CHECK (one = 1), body_bytes INTEGER NOT NULL) STRICT;
    INSERT INTO quarantine_size VALUES (1, 0);
    CREATE TRIGGER quarantine_grows AFTER INSERT ON quarantine BEGIN
      UPDATE quarantine_size SET body_bytes = body_bytes + length(new.payload);
    END;
    CREATE TRIGGER quarantine_changes AFTER UPDATE OF payload ON quarantine BEGIN
      UPDATE quarantine_size SET body_bytes = body_bytes + length(new.payload) - length(old.payload);
    END;
  `,
};
