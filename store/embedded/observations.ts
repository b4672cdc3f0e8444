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

/**
 * The observations of one signal and type in a span, of one machine each: ascending, corrected values only, behind what was
 * carried in; made anew by each call.
 */
export type SeriesOf = (
  machine: number,
  carryIn?: { readonly ts: EpochMs; readonly value: SignalValue },
) => Found | undefined;

/**
 * Reads the observations of one signal of many machines. They are held as columns in the order of insertion, in which
 * machines alternate, and told apart by a list of row numbers, so that a pass over millions of rows makes no objects.
 */
export async function readSeries(
  connection: DuckDBConnection,
  { rows, type, ids, span }: { rows: Rows; type: SignalType; ids: readonly number[]; span: Span },
): Promise<{ readonly rowCount: number; readonly of: SeriesOf }> {
  const sql = `SELECT machine, ts, ${rows.value} FROM ${rows.table}
    WHERE ${rows.where} AND ${amongMachines(ids)} AND ${inSpan(span)}`;
  let machines = new Int32Array(0);
  let ts = new Float64Array(0);
  let values = valueColumn(type, 0);
  let read = 0;
  await eachChunk(connection, sql, (chunk, rowCount) => {
    if (read === 0) {
      machines = new Int32Array(rowCount);
      ts = new Float64Array(rowCount);
      values = valueColumn(type, rowCount);
    }
    const end = read + chunk.rowCount;
    machines.set(int32s(chunk, 0), read);
    integers(chunk, 1, ts.subarray(read, end));
    values.take(chunk, 2, read);
    read = end;
  });
  const placesOf = parted(machines);
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
