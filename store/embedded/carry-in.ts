import type { DuckDBConnection } from '@duckdb/node-api';
import type { SignalType, SignalValue } from '../../domain/observation.ts';
import type { EpochMs } from '../../domain/time.ts';
import { createTextReader, int32s, integers } from './columns.ts';
import { eachChunk } from './database.ts';
import { narrowValues } from './load.ts';
import { amongMachines, inSpan, type Rows } from './observations.ts';
import type { MachineEntry, Series } from './picture.ts';

const FIRST_LOOK_MS = 86_400_000;
const LOOK_FACTOR = 16;

export interface CarryIn {
  readonly ts: EpochMs;
  readonly value: SignalValue;
}

/**
 * The last observation before `before` of one signal of many machines, however old, by machine id. Memory knows where
 * there is none, and where it is the newest one; only the others are looked for, further and further back.
 */
export async function readCarryIns(
  connection: DuckDBConnection,
  {
    rows,
    type,
    wanted,
    before,
  }: { rows: Rows; type: SignalType; wanted: readonly Wanted[]; before: EpochMs },
): Promise<Map<number, CarryIn>> {
  const found = new Map<number, CarryIn>();
  let missing: Wanted[] = [];
  for (const one of wanted) {
    const { first, last, value } = one.newest;
    if (last < before) found.set(one.machine.id, { ts: last, value });
    else if (first < before) missing.push(one);
  }
  const text = createTextReader();
  let to = before;
  for (let look = FIRST_LOOK_MS; missing.length > 0; look *= LOOK_FACTOR) {
    const from = before - look;
    const among = amongMachines(missing.map(({ machine }) => machine.id));
    const sql = `SELECT machine, max(ts), arg_max(${rows.value}, {'ts': ts, 'nth': rowid}) FROM ${rows.table}
      WHERE ${rows.where} AND ${among} AND ${inSpan({ from, to })} GROUP BY machine`;
    await eachChunk(connection, sql, (chunk) => {
      const [machines, ts, valueAt] = [
        int32s(chunk, 0),
        integers(chunk, 1),
        narrowValues(type, chunk, 2, text),
      ];
      for (const [row, machine] of machines.entries()) {
        found.set(machine, { ts: ts[row] as number, value: valueAt(row) });
      }
    });
    missing = missing.filter(({ machine, newest }) => !found.has(machine.id) && newest.first < from);
    to = from;
  }
  return found;
}

export interface Wanted {
  readonly machine: MachineEntry;
  /** As it was when the reading began. */
  readonly newest: Pick<Series, 'first' | 'last' | 'value'>;
}
