import type { Migration } from './migration.ts';

export const tokens: Migration = {
  version: 4,
  title: 'bearer tokens for HTTP, stored hashed',
  sql: `
    CREATE TABLE token (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      sha256 BLOB NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      last_used_at INTEGER
    ) STRICT;
  `,
};
