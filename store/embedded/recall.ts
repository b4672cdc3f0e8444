import type { DuckDBConnection } from '@duckdb/node-api';
import type { Reading, SignalType, SignalValue } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import { createTextReader, doubles, int32s, integers, validity } from './columns.ts';
import { eachChunk } from './database.ts';
import { narrowValues } from './load.ts';
import { type MachineEntry, type Picture, seriesIn } from './picture.ts';
import { SLOTS } from './schema.ts';
import type { Session } from './session.ts';

interface Key {
  readonly machine: MachinePath;
  readonly ts: EpochMs;
}

type Content = Map<string, SignalValue>;

interface Wanted {
  readonly machine: number;
  readonly ts: EpochMs;
}

/** What is stored at these instants, found by joining the tables with the keys that memory can't rule out. */
export async function recallReadings(
  { picture, database }: Session,
  keys: readonly Key[],
): Promise<readonly (Reading | undefined)[]> {
  const contents = new Map<string, Content>();
  const wanted = new Map<SignalType, Wanted[]>();
  for (const { machine, ts } of keys) {
    const entry = picture.machines.get(machine);
    const key = `${entry?.id}/${ts}`;
    if (!entry || contents.has(key)) continue;
    contents.set(key, new Map());
    for (const type of typesAt(entry, ts)) {
      wanted.getOrInsertComputed(type, () => []).push({ machine: entry.id, ts });
    }
  }
  if (wanted.size > 0) await database.read((connection) => fill(connection, { picture, wanted, contents }));
  return keys.map(({ machine, ts }) => {
    const content = contents.get(`${picture.machines.get(machine)?.id}/${ts}`);
    if (!content?.size) return undefined;
    return { machine, ts, signals: [...content.keys()], values: [...content.values()] };
  });
}

/** The types of which the machine may have an observation at an instant. */
function typesAt(machine: MachineEntry, ts: EpochMs): ReadonlySet<SignalType> {
  const types = new Set<SignalType>();
  if (!Number.isSafeInteger(ts)) return types;
  for (const { type, first, last } of seriesIn(machine).values())
    if (first <= ts && ts <= last) types.add(type);
  return types;
}

/** The rows of a table at the instants wanted, in the order in which they were inserted. */
function rowsAt(table: string, columns: string, wanted: readonly Wanted[]): string {
  const oldest = wanted.reduce((least, { ts }) => Math.min(least, ts), Number.POSITIVE_INFINITY);
  const newest = wanted.reduce((most, { ts }) => Math.max(most, ts), Number.NEGATIVE_INFINITY);
  const machines = wanted.map(({ machine }) => machine).join();
  const instants = wanted.map(({ ts }) => ts).join();
  return `SELECT t.machine, t.ts, ${columns} FROM ${table} t
    JOIN (SELECT unnest([${machines}]::INTEGER[]) AS machine, unnest([${instants}]::BIGINT[]) AS ts) w
      ON t.machine = w.machine AND t.ts = w.ts
    WHERE t.ts BETWEEN ${oldest} AND ${newest} ORDER BY t.rowid`;
}

async function fill(
  connection: DuckDBConnection,
  {
    picture,
    wanted,
    contents,
  }: {
    readonly picture: Picture;
    readonly wanted: ReadonlyMap<SignalType, readonly Wanted[]>;
    readonly contents: ReadonlyMap<string, Content>;
  },
): Promise<void> {
  const put = (
    machine: number | undefined,
    ts: number | undefined,
    signal: string,
    value: SignalValue,
  ): void => {
    contents.get(`${machine}/${ts}`)?.set(signal, value);
  };
  const text = createTextReader();
  for (const [type, keys] of wanted) {
    if (type === 'double') continue;
    await eachChunk(connection, rowsAt(type, 'signal, value', keys), (chunk) => {
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
  const doublesWanted = wanted.get('double');
  if (!doublesWanted) return;
  const names = namesByPlace(picture);
  const slots = Array.from({ length: SLOTS }, (_, slot) => `v${slot}`).join();
  await eachChunk(connection, rowsAt('gauge', `part, ${slots}`, doublesWanted), (chunk) => {
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
