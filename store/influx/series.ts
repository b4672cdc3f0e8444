import type { SignalType, SignalValue } from '../../domain/observation.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Cell, ResultPart } from './influxql.ts';
import { signalOf } from './names.ts';

/** A stored field value as the signal value it was; `null` where the field has none. */
export function decodeValue(cell: Cell, type: SignalType): SignalValue | null {
  if (cell === null) return null;
  switch (type) {
    case 'double':
      return Number(cell);
    case 'int64':
      return BigInt(cell as number | bigint);
    case 'boolean':
      return cell as boolean;
    case 'text':
      return cell as string;
  }
}

/** One signal's observations, ascending. */
export interface Track {
  readonly ts: EpochMs[];
  readonly values: SignalValue[];
}

/** The columns of a result that hold signals, by position. */
export const signalColumns = (columns: readonly string[]) =>
  columns.flatMap((column, position) => {
    const found = column === 'time' ? undefined : signalOf(column);
    return found === undefined ? [] : [{ ...found, position }];
  });

/** Adds a part's rows to the tracks of its machine, by signal. */
export function addRows(tracks: Map<string, Track>, { columns, values }: ResultPart): void {
  for (const { signal, type, position } of signalColumns(columns)) {
    let track = tracks.get(signal);
    if (track === undefined) {
      track = { ts: [], values: [] };
      tracks.set(signal, track);
    }
    for (const row of values) {
      const value = decodeValue(row[position] ?? null, type);
      if (value === null) continue;
      track.ts.push(row[0] as number);
      track.values.push(value);
    }
  }
}

/**
 * Puts a track in ascending order with one value an instant. It is so already unless the signal was stored under two
 * types, whose fields come one after the other.
 */
export function inOrder(track: Track): Track {
  if (track.ts.every((ts, i) => i === 0 || ts > track.ts[i - 1]!)) return track;
  const byTs = new Map(track.ts.map((ts, i) => [ts, track.values[i]!]));
  const ts = [...byTs.keys()].sort((a, b) => a - b);
  return { ts, values: ts.map((instant) => byTs.get(instant)!) };
}
