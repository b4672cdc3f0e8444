import type { DuckDBConnection } from '@duckdb/node-api';
import { DIGEST_WORDS } from './digest.ts';
import { COUNTS, FURTHER, SLOTS, TIME_CLASSES } from './schema.ts';
import {
  bigintColumn,
  booleanColumn,
  doubleColumn,
  int32Column,
  integerColumn,
  openTableWriter,
  type TableWriter,
  textColumn,
} from './table-writer.ts';

/** The writers of every table that batches and saves append to, with their columns to fill. */
export type Tables = Awaited<ReturnType<typeof openTables>>;

export async function openTables(connection: DuckDBConnection) {
  const gauge = {
    machine: int32Column(),
    ts: integerColumn(),
    epoch: int32Column(),
    part: int32Column(),
    slots: Array.from({ length: SLOTS }, doubleColumn),
  };
  const key = () => ({
    machine: int32Column(),
    ts: integerColumn(),
    epoch: int32Column(),
    signal: int32Column(),
  });
  const text = { ...key(), value: textColumn() };
  const int64 = { ...key(), value: bigintColumn() };
  const boolean = { ...key(), value: booleanColumn() };
  const machine = { id: int32Column(), path: textColumn() };
  const signal = { id: int32Column(), name: textColumn(), part: int32Column(), slot: int32Column() };
  const heard = {
    machine: int32Column(),
    first: integerColumn(),
    last: integerColumn(),
    gap: integerColumn(),
  };
  const picture = {
    machine: int32Column(),
    signal: int32Column(),
    type: int32Column(),
    first: integerColumn(),
    last: integerColumn(),
    double: doubleColumn(),
    int64: bigintColumn(),
    text: textColumn(),
  };
  const ledger = {
    machine: int32Column(),
    grain: textColumn(),
    start: integerColumn(),
    stop: integerColumn(),
    revision: int32Column(),
    flags: textColumn(),
    digest: Array.from({ length: DIGEST_WORDS }, bigintColumn),
    ms: TIME_CLASSES.map(integerColumn),
    split: booleanColumn(),
    us: [bigintColumn(), bigintColumn(), bigintColumn()],
    counts: COUNTS.map(doubleColumn),
    further: FURTHER.map(([, type]) => (type === 'BOOLEAN' ? booleanColumn() : doubleColumn())),
  };
  const { slots, ...gaugeKey } = gauge;
  const open = (table: string, columns: Parameters<typeof openTableWriter>[2]): Promise<TableWriter> =>
    openTableWriter(connection, table, columns);
  return {
    gauge: { ...gauge, rows: await open('gauge', [...Object.values(gaugeKey), ...slots]) },
    text: { ...text, rows: await open('text', Object.values(text)) },
    int64: { ...int64, rows: await open('int64', Object.values(int64)) },
    boolean: { ...boolean, rows: await open('boolean', Object.values(boolean)) },
    machine: { ...machine, rows: await open('machine', Object.values(machine)) },
    signal: { ...signal, rows: await open('signal', Object.values(signal)) },
    heard: { ...heard, rows: await open('heard', Object.values(heard)) },
    picture: { ...picture, rows: await open('picture', Object.values(picture)) },
    ledger: {
      ...ledger,
      rows: await openTableWriter(connection, 'ledger_stage', Object.values(ledger).flat(), 'temp'),
    },
  };
}

export function flushTables(tables: Tables): void {
  for (const { rows } of Object.values(tables)) rows.flush();
}

/** Drops what a failed transaction left in the writers. */
export function clearTables(tables: Tables): void {
  for (const { rows } of Object.values(tables)) rows.clear();
}

export function closeTables(tables: Tables): void {
  for (const { rows } of Object.values(tables)) rows.close();
}
