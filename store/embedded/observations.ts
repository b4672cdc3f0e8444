import type { DuckDBConnection } from '@duckdb/node-api';
import type { SignalType, SignalValue } from '../../domain/observation.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { createTextReader, int32s, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import { narrowValues } from './load.ts';
import type { Signal } from './picture.ts';

/** Observations of one series in the order asked of the caller; a plain pair of columns. */
export interface Found {
  readonly ts: EpochMs[];
  readonly values: SignalValue[];
}

/** The rows of one signal and type: where they are, what is their value, and which they are. */
export interface Rows {
  readonly table: string;
  readonly value: string;
  readonly where: string;
}

/** How SQL reads one signal; `undefined` where no observation of that type was ever stored. */
export function rowsOf({ id, place }: Signal, type: SignalType): Rows | undefined {
  if (type !== 'double') return { table: type, value: 'value', where: `signal = ${id}` };
  if (!place) return undefined;
  const value = `v${place.slot}`;
  return { table: 'gauge', value, where: `part = ${place.part} AND ${value} IS NOT NULL` };
}

export const inSpan = ({ from, to }: Span): string => `ts >= ${from} AND ts < ${to}`;

/**
 * `BETWEEN` lets DuckDB skip blocks; the others between are told by a bit each. A list (`IN`) would become a join, and a
 * join doesn't keep the order of insertion, by which the last of several values of one instant counts.
 */
export function amongMachines(ids: readonly number[]): string {
  const low = ids.reduce((least, id) => Math.min(least, id), Number.POSITIVE_INFINITY);
  const high = ids.reduce((most, id) => Math.max(most, id), Number.NEGATIVE_INFINITY);
  if (low === high) return `machine = ${low}`;
  const between = `machine BETWEEN ${low} AND ${high}`;
  if (high - low + 1 === ids.length) return between;
  const bits = new Array<string>(high - low + 1).fill('0');
  for (const id of ids) bits[id - low] = '1';
  return `${between} AND get_bit('${bits.join('')}'::BIT, machine - ${low}) = 1`;
}

/** The observations of one signal of many machines in a span, ascending, corrected values only. By machine id. */
export async function readSeries(
  connection: DuckDBConnection,
  { rows, type, ids, span }: { rows: Rows; type: SignalType; ids: readonly number[]; span: Span },
): Promise<Map<number, Found>> {
  const found = new Map<number, Found>();
  const text = createTextReader();
  const sql = `SELECT machine, ts, ${rows.value} FROM ${rows.table}
    WHERE ${rows.where} AND ${amongMachines(ids)} AND ${inSpan(span)}`;
  await eachChunk(connection, sql, (chunk) => {
    const [machines, ts] = [int32s(chunk, 0), integers(chunk, 1)];
    const valueAt = narrowValues(type, chunk, 2, text);
    let machine = -1;
    let series: Found | undefined;
    for (let row = 0; row < ts.length; row++) {
      if (machines[row] !== machine || !series) {
        machine = machines[row] as number;
        series = found.get(machine);
        if (!series) {
          series = { ts: [], values: [] };
          found.set(machine, series);
        }
      }
      series.ts.push(ts[row] as number);
      series.values.push(valueAt(row));
    }
  });
  for (const [machine, series] of found) found.set(machine, ascending(series));
  return found;
}

/** In order of time; of several at one instant the one inserted last. `series` is in order of insertion. */
export function ascending(series: Found): Found {
  const { ts, values } = series;
  let sorted = true;
  for (let index = 1; index < ts.length && sorted; index++)
    sorted = (ts[index - 1] as number) < (ts[index] as number);
  if (sorted) return series;
  const order = Array.from(ts, (_, index) => index).sort(
    (a, b) => (ts[a] as number) - (ts[b] as number) || a - b,
  );
  const kept = order.filter((index, at) => ts[index] !== ts[order[at + 1] as number]);
  return {
    ts: kept.map((index) => ts[index] as number),
    values: kept.map((index) => values[index] as SignalValue),
  };
}
