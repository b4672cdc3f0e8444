import type { SignalType } from '../../domain/observation.ts';
import type { Range, RangesQuery } from '../port.ts';
import { doubles, int32s, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import { amongMachines, inSpan, type Rows, rowsOf } from './observations.ts';
import { heldSeries } from './picture.ts';
import type { Session } from './session.ts';

/** Buckets of one signal of many machines, made by DuckDB in one pass. */
export async function readRanges(
  { picture, database }: Session,
  { signal, machines, everyMs, ...span }: RangesQuery,
): Promise<readonly (readonly Range[])[]> {
  const entries = machines.map((path) => picture.machines.get(path));
  const numeric = new Map<SignalType, { readonly rows: Rows; readonly ids: number[] }>();
  for (const entry of entries) {
    for (const series of entry ? heldSeries(entry) : []) {
      const { type } = series;
      if (series.signal.name !== signal || (type !== 'double' && type !== 'int64')) continue;
      const rows = rowsOf(series.signal, type);
      if (rows && entry) numeric.getOrInsertComputed(type, () => ({ rows, ids: [] })).ids.push(entry.id);
    }
  }
  const found = new Map<number, Range[]>();
  if (numeric.size > 0) {
    // A corrected value counts as it was written last.
    const rows = [...numeric.values()].map(
      ({ rows: { table, value, where }, ids }) =>
        `SELECT machine, ts, arg_max(${value}, rowid)::DOUBLE AS value FROM ${table}
         WHERE ${where} AND ${amongMachines(ids)} AND ${inSpan(span)} GROUP BY machine, ts`,
    );
    const sql = `SELECT machine, ts - ((ts % ${everyMs} + ${everyMs}) % ${everyMs}) AS start, min(value), max(value)
      FROM (${rows.join(' UNION ALL ')}) GROUP BY machine, start ORDER BY machine, start`;
    await database.read((connection) =>
      eachChunk(connection, sql, (chunk) => {
        const [ids, start] = [int32s(chunk, 0), integers(chunk, 1)];
        const [min, max] = [doubles(chunk, 2), doubles(chunk, 3)];
        for (let row = 0; row < start.length; row++) {
          const range = [start[row], min[row], max[row]] as unknown as Range;
          found.getOrInsertComputed(ids[row] as number, () => []).push(range);
        }
      }),
    );
  }
  return entries.map((entry) => (entry && found.get(entry.id)) ?? []);
}
