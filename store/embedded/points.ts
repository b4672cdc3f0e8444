import type { DuckDBConnection } from '@duckdb/node-api';
import type { Point, PointsQuery } from '../port.ts';
import { doubles, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import { ascending, inSpan, readSeries, rowsOf } from './observations.ts';
import { heldSeries, type Series } from './picture.ts';
import type { Session } from './session.ts';

/** A signal's observations, or buckets made by DuckDB. */
export async function readPoints(
  { picture, database }: Session,
  query: PointsQuery,
): Promise<readonly Point[]> {
  const machine = picture.machines.get(query.machine);
  if (!machine) return [];
  const series = heldSeries(machine).filter(({ signal }) => signal.name === query.signal);
  return database.read((connection) =>
    query.everyMs === null
      ? everyPoint(connection, machine.id, series, query)
      : buckets(connection, machine.id, series, query, query.everyMs),
  );
}

async function everyPoint(
  connection: DuckDBConnection,
  machine: number,
  series: readonly Series[],
  span: PointsQuery,
): Promise<readonly Point[]> {
  const all: { ts: number[]; values: Point[1][] } = { ts: [], values: [] };
  for (const { signal, type } of series) {
    const rows = rowsOf(signal, type);
    if (!rows) continue;
    const found = (await readSeries(connection, { rows, type, ids: [machine], span })).of(machine);
    if (!found) continue;
    all.ts = all.ts.concat(found.ts);
    all.values = all.values.concat(found.values);
  }
  const { ts, values } = ascending(all);
  return ts.map((at, index): Point => [at, values[index] as Point[1]]);
}

async function buckets(
  connection: DuckDBConnection,
  machine: number,
  series: readonly Series[],
  span: PointsQuery,
  everyMs: number,
): Promise<readonly Point[]> {
  const rows = series.flatMap(({ signal, type }) => {
    const one = type === 'double' || type === 'int64' ? rowsOf(signal, type) : undefined;
    if (!one) return [];
    return `SELECT ts, arg_max(${one.value}, rowid)::DOUBLE AS value FROM ${one.table}
      WHERE ${one.where} AND machine = ${machine} AND ${inSpan(span)} GROUP BY ts`;
  });
  if (rows.length === 0) return [];
  const sql = `SELECT ts - ((ts % ${everyMs} + ${everyMs}) % ${everyMs}) AS start, min(value), avg(value), max(value),
    arg_max(value, ts) FROM (${rows.join(' UNION ALL ')}) GROUP BY start ORDER BY start`;
  const points: Point[] = [];
  await eachChunk(connection, sql, (chunk) => {
    const start = integers(chunk, 0);
    const [min, mean, max, last] = [
      doubles(chunk, 1),
      doubles(chunk, 2),
      doubles(chunk, 3),
      doubles(chunk, 4),
    ];
    for (let row = 0; row < start.length; row++) {
      const low = min[row] as number;
      const high = max[row] as number;
      points.push([start[row] as number, low, mean[row] as number, high, last[row] as number]);
    }
  });
  return points;
}
