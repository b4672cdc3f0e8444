import type { Migration } from './migration.ts';

export const rhythmsOfPrints: Migration = {
  version: 33,
  title: "rhythms in prints of machines' production days",
  sql: `
    -- Prints without one say too little of their days: these are made of facts.
    DELETE FROM stream_print;
    -- Six bytes each, the highest first.
    ALTER TABLE stream_print ADD COLUMN rhythm BLOB NOT NULL DEFAULT x'';
  `,
};
