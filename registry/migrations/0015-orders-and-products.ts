import type { Migration } from './migration.ts';

/** Entries are added, never changed: each holds from an instant on, until a later one for the same thing. */
export const ordersAndProducts: Migration = {
  version: 15,
  title: 'orders, and ideal cycles of products',
  sql: `
    CREATE TABLE product_entry (
      id INTEGER PRIMARY KEY,
      product TEXT,
      scope TEXT NOT NULL,
      from_ts INTEGER NOT NULL,
      cycle_us INTEGER,
      said_by TEXT NOT NULL,
      note TEXT,
      entered_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE order_entry (
      id INTEGER PRIMARY KEY,
      work_order TEXT NOT NULL,
      scope TEXT NOT NULL,
      from_ts INTEGER NOT NULL,
      product TEXT,
      planned_quantity INTEGER,
      planned_scrap INTEGER,
      planned_start INTEGER,
      planned_end INTEGER,
      counted_at TEXT,
      said_by TEXT NOT NULL,
      note TEXT,
      entered_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX order_entry_order ON order_entry (work_order, id);
    CREATE INDEX order_entry_planned ON order_entry (planned_start);
  `,
};
