import type { Migration } from './migration.ts';

/** What else is known of the time before a horizon. Of older horizons nothing is: they carry the last values alone. */
export const removedStates: Migration = {
  version: 20,
  title: 'what is known of states whose raw data was removed',
  sql: `
    ALTER TABLE raw_horizon ADD COLUMN states_from INTEGER;
    ALTER TABLE raw_horizon ADD COLUMN unknown_until INTEGER;
  `,
};
