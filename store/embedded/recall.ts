import type { DuckDBConnection } from '@duckdb/node-api';
import type { Reading, SignalType, SignalValue } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import { createTextReader, doubles, int32s, integers, validity } from './columns.ts';
import { eachChunk } from './database.ts';
import { narrowValues } from './load.ts';
import type { Picture } from './picture.ts';
import { SLOTS } from './schema.ts';
import type { Session } from './session.ts';

interface Key {
  readonly machine: MachinePath;
  readonly ts: EpochMs;
}

type Content = Map<string, SignalValue>;

/** What is stored at these instants, found by joining the tables with the keys. */
export async function recallReadings(
  { picture, database }: Session,
  keys: readonly Key[],
): Promise<readonly (Reading | undefined)[]> {
  const contents = new Map<string, Content>();
  for (const { machine, ts } of keys) {
    const entry = picture.machines.get(machine);
    if (entry && Number.isSafeInteger(ts)) contents.set(`${entry.id}/${ts}`, new Map());
  }
  if (contents.size > 0) await database.read((connection) => fill(connection, picture, contents));
  return keys.map(({ machine, ts }) => {
    const content = contents.get(`${picture.machines.get(machine)?.id}/${ts}`);
    if (!content?.size) return undefined;
    return { machine, ts, signals: [...content.keys()], values: [...content.values()] };
  });
}

async function fill(
  connection: DuckDBConnection,
  picture: Picture,
  contents: ReadonlyMap<string, Content>,
): Promise<void> {
  const pairs = [...contents.keys()].map((key) => key.split('/').map(Number) as [number, number]);
  const instants = pairs.map(([, ts]) => ts);
  const [oldest, newest] = [
    instants.reduce((a, b) => Math.min(a, b)),
    instants.reduce((a, b) => Math.max(a, b)),
  ];
  const wanted = `(SELECT unnest([${pairs.map(([id]) => id)}]::INTEGER[]) AS machine, unnest([${instants}]::BIGINT[]) AS ts)`;
  const rowsOf = (table: string, columns: string): string =>
    `SELECT t.machine, t.ts, ${columns} FROM ${table} t JOIN ${wanted} w ON t.machine = w.machine AND t.ts = w.ts
      WHERE t.ts BETWEEN ${oldest} AND ${newest} ORDER BY t.rowid`;
  const put = (
    machine: number | undefined,
    ts: number | undefined,
    signal: string,
    value: SignalValue,
  ): void => {
    contents.get(`${machine}/${ts}`)?.set(signal, value);
  };
  const text = createTextReader();
  for (const type of ['text', 'int64', 'boolean'] as const satisfies readonly SignalType[]) {
    await eachChunk(connection, rowsOf(type, 'signal, value'), (chunk) => {
      const [machine, ts, signal] = [int32s(chunk, 0), integers(chunk, 1), int32s(chunk, 2)];
      const valueAt = narrowValues(type, chunk, 3, text);
      for (let row = 0; row < ts.length; row++) {
        put(
          machine[row],
          ts[row],
          picture.signalsById.get(signal[row] as number)?.name as string,
          valueAt(row),
        );
      }
    });
  }
  const names = namesByPlace(picture);
  const slots = Array.from({ length: SLOTS }, (_, slot) => `v${slot}`).join();
  await eachChunk(connection, rowsOf('gauge', `part, ${slots}`), (chunk) => {
    const [machine, ts, part] = [int32s(chunk, 0), integers(chunk, 1), int32s(chunk, 2)];
    for (let slot = 0; slot < SLOTS; slot++) {
      const [value, present] = [doubles(chunk, 3 + slot), validity(chunk, 3 + slot)];
      for (let row = 0; row < ts.length; row++) {
        if (!present(row)) continue;
        put(machine[row], ts[row], names.get(`${part[row]}/${slot}`) as string, value[row] as number);
      }
    }
  });
}

function namesByPlace({ signals }: Picture): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, place } of signals.values()) if (place) names.set(`${place.part}/${place.slot}`, name);
  return names;
}
