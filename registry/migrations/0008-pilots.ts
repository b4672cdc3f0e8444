import type { Migration } from './migration.ts';

/** A site belongs to one pilot; the key keeps it so even where two processes save at the same time. */
export const pilots: Migration = {
  version: 8,
  title: 'the pilots of the programme, and whose each site is',
  sql: `
    CREATE TABLE pilot (id TEXT PRIMARY KEY, pilot TEXT NOT NULL CHECK (json_valid(pilot))) STRICT, WITHOUT ROWID;
    CREATE TABLE pilot_site (
      site TEXT PRIMARY KEY,
      pilot TEXT NOT NULL REFERENCES pilot (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pilot_site_pilot ON pilot_site (pilot);
  `,
};
