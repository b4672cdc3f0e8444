import type { DuckDBConnection } from '@duckdb/node-api';
import type { SignalType } from '../../domain/observation.ts';
import type { JournalPosition } from '../port.ts';
import { bigints, booleans, createTextReader, doubles, int32s, integers, validity } from './columns.ts';
import { eachChunk } from './database.ts';
import { hear } from './heard.ts';
import {
  addMachine,
  addSignal,
  emptyPicture,
  type MachineEntry,
  observe,
  type Picture,
  type Signal,
  seriesOf,
} from './picture.ts';
import { SLOTS } from './schema.ts';

/** In the table `picture` a type is its place in this list. */
export const TYPE_CODES: readonly SignalType[] = ['double', 'int64', 'boolean', 'text'];

export interface Loaded {
  readonly savedEpoch: number;
  readonly position: JournalPosition | null;
  readonly picture: Picture;
  readonly unsavedRows: number;
  readonly pictureRows: number;
}

/** The picture as last saved, and on top of it every row written since. */
export async function loadPicture(connection: DuckDBConnection): Promise<Loaded> {
  const [about] = await (await connection.run('SELECT saved_epoch, segment, "offset" FROM about')).getRows();
  const [savedEpoch, segment, offset] = about as [number, bigint | null, bigint | null];
  const picture = emptyPicture();
  await loadNames(connection, picture);
  const pictureRows = await loadSeries(connection, picture);
  const unsavedRows = await replay(connection, picture, savedEpoch);
  const position = segment === null ? null : { segment: Number(segment), offset: Number(offset) };
  return { savedEpoch, position, picture, unsavedRows, pictureRows };
}

async function loadNames(connection: DuckDBConnection, picture: Picture): Promise<void> {
  const text = createTextReader();
  await eachChunk(connection, 'SELECT id, path FROM machine', (chunk) => {
    const path = text(chunk, 1);
    for (const [row, id] of int32s(chunk, 0).entries()) addMachine(picture, path(row), id);
  });
  await eachChunk(connection, 'SELECT id, name, part, slot FROM signal', (chunk) => {
    const [name, part, slot] = [text(chunk, 1), int32s(chunk, 2), int32s(chunk, 3)];
    for (const [row, id] of int32s(chunk, 0).entries()) {
      // A signal has a second row where it was given its place later than its name.
      const signal = picture.signalsById.get(id) ?? addSignal(picture, name(row), id);
      const place = { part: part[row] as number, slot: slot[row] as number };
      if (place.part < 0) continue;
      signal.place = place;
      while (picture.parts.length <= place.part) picture.parts.push(0);
      picture.parts[place.part] = Math.max(picture.parts[place.part] as number, place.slot + 1);
    }
  });
}

async function loadSeries(connection: DuckDBConnection, picture: Picture): Promise<number> {
  const text = createTextReader();
  let rows = 0;
  await eachChunk(connection, 'FROM picture', (chunk) => {
    const [machine, signal, type] = [int32s(chunk, 0), int32s(chunk, 1), int32s(chunk, 2)];
    const [first, last] = [integers(chunk, 3), integers(chunk, 4)];
    const [double, int64, word] = [doubles(chunk, 5), bigints(chunk, 6), text(chunk, 7)];
    rows += chunk.rowCount;
    for (let row = 0; row < chunk.rowCount; row++) {
      const code = TYPE_CODES[type[row] as number] as SignalType;
      const series = seriesOf(
        picture.byId.get(machine[row] as number) as MachineEntry,
        picture.signalsById.get(signal[row] as number) as Signal,
        code,
      );
      series.first = first[row] as number;
      series.last = last[row] as number;
      if (code === 'double') series.value = double[row] as number;
      else if (code === 'text') series.value = word(row);
      else series.value = code === 'int64' ? (int64[row] as bigint) : int64[row] === 1n;
    }
  });
  return rows;
}

/** Rows that no saved picture covers: those since the last save before the process ended, however it ended. */
async function replay(connection: DuckDBConnection, picture: Picture, savedEpoch: number): Promise<number> {
  const since = `WHERE epoch > ${savedEpoch}`;
  const byPlace = new Map<string, Signal>();
  for (const signal of picture.signals.values()) {
    if (signal.place) byPlace.set(`${signal.place.part}/${signal.place.slot}`, signal);
  }
  let rows = 0;
  await eachChunk(connection, `SELECT * EXCLUDE (epoch) FROM gauge ${since}`, (chunk) => {
    const [machine, ts, part] = [int32s(chunk, 0), integers(chunk, 1), int32s(chunk, 2)];
    rows += chunk.rowCount;
    for (let row = 0; row < chunk.rowCount; row++) {
      hear((picture.byId.get(machine[row] as number) as MachineEntry).heard, ts[row] as number);
    }
    for (let slot = 0; slot < SLOTS; slot++) {
      const [value, present] = [doubles(chunk, 3 + slot), validity(chunk, 3 + slot)];
      for (let row = 0; row < chunk.rowCount; row++) {
        if (!present(row)) continue;
        const entry = picture.byId.get(machine[row] as number) as MachineEntry;
        const signal = byPlace.get(`${part[row]}/${slot}`) as Signal;
        observe(seriesOf(entry, signal, 'double'), ts[row] as number, value[row] as number);
      }
    }
  });
  const text = createTextReader();
  for (const type of ['text', 'int64', 'boolean'] as const) {
    await eachChunk(connection, `SELECT machine, ts, signal, value FROM ${type} ${since}`, (chunk) => {
      const [machine, ts, signal] = [int32s(chunk, 0), integers(chunk, 1), int32s(chunk, 2)];
      const valueAt = narrowValues(type, chunk, 3, text);
      rows += chunk.rowCount;
      for (let row = 0; row < chunk.rowCount; row++) {
        const entry = picture.byId.get(machine[row] as number) as MachineEntry;
        hear(entry.heard, ts[row] as number);
        const series = seriesOf(entry, picture.signalsById.get(signal[row] as number) as Signal, type);
        observe(series, ts[row] as number, valueAt(row));
      }
    });
  }
  return rows;
}

/** The column `value` of the table of a type, as values of the domain. */
export function narrowValues(
  type: SignalType,
  chunk: Parameters<typeof int32s>[0],
  column: number,
  text: ReturnType<typeof createTextReader>,
): (row: number) => number | bigint | boolean | string {
  switch (type) {
    case 'text':
      return text(chunk, column);
    case 'int64': {
      const values = bigints(chunk, column);
      return (row) => values[row] as bigint;
    }
    case 'boolean': {
      const values = booleans(chunk, column);
      return (row) => values[row] !== 0;
    }
    case 'double': {
      const values = doubles(chunk, column);
      return (row) => values[row] as number;
    }
  }
}
