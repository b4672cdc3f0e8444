import type { DuckDBConnection } from '@duckdb/node-api';
import type { SignalType, SignalValue } from '../../domain/observation.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { int32s, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import type { Signal } from './picture.ts';
import { valueColumn } from './value-column.ts';

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

/** How SQL picks the rows of machines. Where the ids have gaps it joins, and a join may change the order of rows. */
export interface Among {
  /** To stand behind the table. */
  readonly join: string;
  readonly where: string;
}

/** `BETWEEN` lets DuckDB skip blocks; a join tells the others between faster than a bit mask does. */
export function amongIds(ids: readonly number[]): Among {
  const low = ids.reduce((least, id) => Math.min(least, id), Number.POSITIVE_INFINITY);
  const high = ids.reduce((most, id) => Math.max(most, id), Number.NEGATIVE_INFINITY);
  const where = low === high ? `machine = ${low}` : `machine BETWEEN ${low} AND ${high}`;
  if (high - low + 1 === ids.length) return { join: '', where };
  return { join: `SEMI JOIN (SELECT unnest([${ids.join()}])::INTEGER AS machine) USING (machine)`, where };
}

/** The observations of one signal and type in a span, of one machine each. */
export interface SeriesOf {
  /** Ascending, corrected values only, behind what was carried in; made anew by each call. */
  (machine: number, carryIn?: { readonly ts: EpochMs; readonly value: SignalValue }): Found | undefined;
}

/**
 * Reads the observations of one signal of many machines. They are held as columns in the order of insertion, in which
 * machines alternate, and told apart by a list of row numbers, so that a pass over millions of rows makes no objects.
 */
export async function readSeries(
  connection: DuckDBConnection,
  { rows, type, ids, span }: { rows: Rows; type: SignalType; ids: readonly number[]; span: Span },
): Promise<{ readonly rowCount: number; readonly of: SeriesOf }> {
  const among = amongIds(ids);
  const sql = `SELECT machine, ts, ${rows.value}, rowid FROM ${rows.table} ${among.join}
    WHERE ${rows.where} AND ${among.where} AND ${inSpan(span)}`;
  const columns =
    (await readColumns(connection, sql, type)) ??
    (await readColumns(connection, `${sql} ORDER BY rowid`, type));
  if (!columns) throw new Error('DuckDB gave rows in another order than asked for');
  const { ts, values } = columns;
  const placesOf = parted(columns.machines);
  const of: SeriesOf = (machine, carryIn) => {
    const own = placesOf(machine);
    if (own.length === 0) return carryIn && { ts: [carryIn.ts], values: [carryIn.value] };
    const series: Found = { ts: [], values: [] };
    let last = Number.NEGATIVE_INFINITY;
    let sorted = true;
    if (carryIn) {
      series.ts.push(carryIn.ts);
      series.values.push(carryIn.value);
    }
    for (let index = 0; index < own.length; index++) {
      const place = own[index] as number;
      const at = ts[place] as number;
      if (at <= last) sorted = false;
      last = at;
      series.ts.push(at);
      series.values.push(values.at(place));
    }
    return sorted ? series : ascending(series);
  };
  return { rowCount: ts.length, of };
}

/** The rows of a query for machine, instant, value and row id as columns; `undefined` where they aren't in the order of insertion. */
async function readColumns(connection: DuckDBConnection, sql: string, type: SignalType) {
  let machines = new Int32Array(0);
  let ts = new Float64Array(0);
  let values = valueColumn(type, 0);
  let read = 0;
  let lastRow = -1;
  let inOrder = true;
  await eachChunk(connection, sql, (chunk, total) => {
    if (read === 0) {
      machines = new Int32Array(total);
      ts = new Float64Array(total);
      values = valueColumn(type, total);
    }
    const end = read + chunk.rowCount;
    machines.set(int32s(chunk, 0), read);
    integers(chunk, 1, ts.subarray(read, end));
    values.take(chunk, 2, read);
    const rowIds = integers(chunk, 3);
    for (let row = 0; row < rowIds.length; row++) {
      const id = rowIds[row] as number;
      if (id <= lastRow) inOrder = false;
      lastRow = id;
    }
    read = end;
  });
  return inOrder ? { machines, ts, values } : undefined;
}

/** The places of each machine's rows, in the order of insertion. */
function parted(machines: Int32Array): (machine: number) => Int32Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let place = 0; place < machines.length; place++) {
    const machine = machines[place] as number;
    if (machine < low) low = machine;
    if (machine > high) high = machine;
  }
  if (low > high) return () => NO_ROWS;
  const begins = new Int32Array(high - low + 2);
  for (let place = 0; place < machines.length; place++) begins[(machines[place] as number) - low + 1]!++;
  for (let machine = 1; machine < begins.length; machine++) {
    begins[machine]! += begins[machine - 1] as number;
  }
  const next = begins.slice();
  const places = new Int32Array(machines.length);
  for (let place = 0; place < machines.length; place++) {
    places[next[(machines[place] as number) - low]!++] = place;
  }
  return (machine) =>
    machine < low || machine > high
      ? NO_ROWS
      : places.subarray(begins[machine - low] as number, begins[machine - low + 1] as number);
}

const NO_ROWS = new Int32Array(0);

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
