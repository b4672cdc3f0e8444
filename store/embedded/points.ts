import type { DuckDBConnection } from '@duckdb/node-api';
import type { EpochMs, Span } from '../../domain/time.ts';
import type { Point, PointsQuery } from '../port.ts';
import { doubles, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import { ascending, inSpan, type Rows, readSeries, rowsOf } from './observations.ts';
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
    const to = span.limit === undefined ? span.to : await endOf(connection, rows, machine, span, span.limit);
    const cut = { from: span.from, to };
    const found = (await readSeries(connection, { rows, type, ids: [machine], span: cut })).of(machine);
    if (!found) continue;
    all.ts = all.ts.concat(found.ts);
    all.values = all.values.concat(found.values);
  }
  const { ts, values } = ascending(all);
  return ts.slice(0, span.limit).map((at, index): Point => [at, values[index] as Point[1]]);
}

/** Just after the last of the first so many instants: rows can't be counted, since one instant may have several. */
async function endOf(
  connection: DuckDBConnection,
  { table, where }: Rows,
  machine: number,
  span: Span,
  limit: number,
): Promise<EpochMs> {
  const sql = `SELECT max(ts) FROM (SELECT DISTINCT ts FROM ${table}
    WHERE ${where} AND machine = ${machine} AND ${inSpan(span)} ORDER BY ts LIMIT ${limit}) HAVING count(*) > 0`;
  let end = span.from;
  await eachChunk(connection, sql, (chunk) => {
    end = (integers(chunk, 0)[0] as number) + 1;
  });
  return end;
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
