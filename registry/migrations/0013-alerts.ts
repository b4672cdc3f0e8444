import type { Migration } from './migration.ts';

export const alerts: Migration = {
  version: 13,
  title: 'alerts, what people were told of them, and the outbox of messages',
  sql: `
    CREATE TABLE alert (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      entry TEXT NOT NULL,
      rule TEXT NOT NULL,
      subject TEXT NOT NULL,
      severity TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'firing', 'acknowledged', 'resolved')),
      since INTEGER NOT NULL,
      fired_at INTEGER,
      acknowledged_at INTEGER,
      acknowledged_by TEXT,
      acknowledged_note TEXT,
      resolved_at INTEGER,
      clear_since INTEGER,
      told_at INTEGER,
      evidence TEXT NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX alert_open ON alert (entry, subject) WHERE state <> 'resolved';
    CREATE TABLE outbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL UNIQUE,
      channel TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      due_at INTEGER,
      attempts INTEGER NOT NULL DEFAULT 0,
      finished_at INTEGER,
      delivered INTEGER NOT NULL DEFAULT 0 CHECK (delivered IN (0, 1)),
      error TEXT,
      message TEXT NOT NULL
    ) STRICT;
    CREATE INDEX outbox_due ON outbox (due_at) WHERE finished_at IS NULL;
    CREATE TABLE alert_telling (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      alert INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
      channel TEXT NOT NULL,
      event TEXT NOT NULL,
      at INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      message INTEGER REFERENCES outbox (id) ON DELETE SET NULL
    ) STRICT;
    CREATE INDEX alert_telling_alert ON alert_telling (alert);
    CREATE INDEX alert_telling_due ON alert_telling (channel, due_at) WHERE message IS NULL;
  `,
};
