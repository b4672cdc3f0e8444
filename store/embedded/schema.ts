import type { Counts, TimeClass } from '../../domain/ledger-row.ts';
import type { Grain } from '../port.ts';

/** Doubles that one row of the table `gauge` can carry. */
export const SLOTS = 8;

const slots = Array.from({ length: SLOTS }, (_, slot) => `v${slot} DOUBLE`).join(', ');

/** In the order of the columns of the table `ledger`. */
export const TIME_CLASSES = [
  'notScheduled',
  'plannedStop',
  'extra',
  'running',
  'changeover',
  'breakdown',
  'delay',
  'minorStop',
  'idle',
  'unknown',
] as const satisfies readonly TimeClass[];

/** In the order of the columns of the table `ledger`. */
export const COUNTS = [
  'produced',
  'good',
  'reject',
  'duringUnknown',
  'extra',
] as const satisfies readonly (keyof Counts)[];

/** Whole numbers that a cell has beside, in the order of the columns of the table `ledger`. */
export const FURTHER = [
  ['rework', 'DOUBLE'],
  ['inspected', 'DOUBLE'],
  ['order_ms', 'DOUBLE'],
  ['order_unknown_ms', 'DOUBLE'],
  ['order_busy_ms', 'DOUBLE'],
  ['order_running_ms', 'DOUBLE'],
  ['order_produced', 'DOUBLE'],
  ['failures', 'DOUBLE'],
  ['energy_planned_wh', 'DOUBLE'],
  ['energy_outside_wh', 'DOUBLE'],
  ['energy_unknown_wh', 'DOUBLE'],
  ['has_rework', 'BOOLEAN'],
  ['has_energy', 'BOOLEAN'],
] as const;

/** A ledger cell: what it is of, then its content. A digest is its 32 bytes. */
const ledger = `machine INTEGER, grain VARCHAR, start BIGINT, stop BIGINT, revision INTEGER, flags VARCHAR,
  digest0 BIGINT, digest1 BIGINT, digest2 BIGINT, digest3 BIGINT,
  not_scheduled_ms BIGINT, planned_stop_ms BIGINT, extra_ms BIGINT, running_ms BIGINT, changeover_ms BIGINT,
  breakdown_ms BIGINT, delay_ms BIGINT, minor_stop_ms BIGINT, idle_ms BIGINT, unknown_ms BIGINT,
  split BOOLEAN, productive_us BIGINT, reject_loss_us BIGINT, speed_loss_us BIGINT,
  produced DOUBLE, good DOUBLE, reject DOUBLE, during_unknown DOUBLE, extra_pieces DOUBLE,
  ${FURTHER.map((column) => column.join(' ')).join(', ')}`;

const GRAINS: readonly Grain[] = ['hour', 'shift', 'day'];

/** Each grain has a table of its own, since a question reads one grain, and hours are 25 times as many as days. */
export const ledgerTable = (grain: Grain): string => `ledger_${grain}`;

/** Raised with every change of the tables below. */
export const SCHEMA_VERSION = 2;

/**
 * What brings a file of a version to the next one; it runs before the tables below are looked for. Columns that are added
 * stand behind the others, as in a new file. DuckDB takes one change of a table in a transaction, so tables are made anew.
 */
export const MIGRATIONS: Readonly<Record<number, string>> = {
  // What `ledger/1` didn't know of a cell: it is recorded anew where its raw data are kept. KPIs follow from the rest.
  1: [...GRAINS.map(ledgerTable), 'ledger_history']
    .map(
      (table) => `
ALTER TABLE ${table} RENAME TO ${table}_1;
CREATE TABLE ${table} AS SELECT * EXCLUDE (kpis, kpi_values), ${FURTHER.map(([name, type]) => `0::${type} AS ${name}`).join(', ')} FROM ${table}_1;
DROP TABLE ${table}_1;`,
    )
    .concat('DROP TABLE kpi_set;')
    .join('\n'),
};

/** One row: what the file is, what the saved picture covers, and the place in the ingest journal. */
export const ABOUT = `
CREATE TABLE IF NOT EXISTS about (version INTEGER, saved_epoch INTEGER, segment BIGINT, "offset" BIGINT);
INSERT INTO about SELECT ${SCHEMA_VERSION}, 0, NULL, NULL WHERE NOT EXISTS (FROM about);
`;

/**
 * No table has a primary key: DuckDB would keep an index of every row in memory. What is stored twice is told apart on
 * read by the order of insertion, which DuckDB keeps. `epoch` says which save of the picture covers a row.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS machine (id INTEGER, path VARCHAR);
CREATE TABLE IF NOT EXISTS signal (id INTEGER, name VARCHAR, part INTEGER, slot INTEGER);
CREATE TABLE IF NOT EXISTS gauge (machine INTEGER, ts BIGINT, epoch INTEGER, part INTEGER, ${slots});
CREATE TABLE IF NOT EXISTS text (machine INTEGER, ts BIGINT, epoch INTEGER, signal INTEGER, value VARCHAR);
CREATE TABLE IF NOT EXISTS int64 (machine INTEGER, ts BIGINT, epoch INTEGER, signal INTEGER, value BIGINT);
CREATE TABLE IF NOT EXISTS boolean (machine INTEGER, ts BIGINT, epoch INTEGER, signal INTEGER, value BOOLEAN);
CREATE TABLE IF NOT EXISTS heard (machine INTEGER, first BIGINT, last BIGINT, gap BIGINT);
CREATE TABLE IF NOT EXISTS picture (machine INTEGER, signal INTEGER, type INTEGER, first BIGINT, last BIGINT,
  double DOUBLE, int64 BIGINT, text VARCHAR);
${GRAINS.map((grain) => `CREATE TABLE IF NOT EXISTS ${ledgerTable(grain)} (${ledger});`).join('\n')}
CREATE TABLE IF NOT EXISTS ledger_history (${ledger});
CREATE TEMP TABLE ledger_stage (${ledger});
`;
