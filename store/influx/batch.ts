import type { Reading, SignalValue } from '../../domain/observation.ts';
import { levelsOf, type MachinePath } from '../../domain/path.ts';
import { readingFault, valueFault } from '../limits.ts';
import type { StoreRefusal } from '../port.ts';

/** A batch as readings that differ in machine or instant, one line each. */
export interface PreparedBatch {
  readonly readings: readonly Reading[];
  /** Which readings of the batch an observation of `readings[index]` came from. */
  originsOf(index: number, signal: string): readonly number[];
  /** What no line can carry. */
  readonly refused: readonly StoreRefusal[];
}

function isStorable({ ts, values }: Reading): boolean {
  if (!Number.isSafeInteger(ts)) return false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as SignalValue;
    // A function that is called would be handed each number as an object.
    if (
      typeof value === 'number'
        ? !(Math.abs(value) < Number.POSITIVE_INFINITY)
        : valueFault(value) !== undefined
    )
      return false;
  }
  return values.length > 0;
}

/**
 * Prepares a batch in receive order. InfluxDB unites lines of the same series and instant in the order in which they
 * arrive; with the corrections of a batch applied here, its lines may be sent in any order and more than once.
 */
export function prepare(batch: readonly Reading[]): PreparedBatch {
  return preparePlain(batch) ?? prepareCarefully(batch);
}

/**
 * Where every reading can be a line as it is, storable, and each machine's instants ascending: the usual case, made cheap. The
 * lines of a machine follow one another, so that each request is about fewer series: in InfluxDB 1.6.7, which collects a
 * request's values by series and field, 5,000 lines of 1,000 machines then take a fifth less CPU. `undefined`: it isn't so.
 */
function preparePlain(batch: readonly Reading[]): PreparedBatch | undefined {
  // Numbers in flat arrays: an object for each reading, or each machine, is moved and collected with every batch.
  const placeOf = new Map<MachinePath, number>();
  const places = new Uint32Array(batch.length);
  const newest = new Float64Array(batch.length);
  /** Behind the place of a machine the count of its readings, and once all are counted at it where its next reading goes. */
  const next = new Uint32Array(batch.length + 1);
  for (let index = 0; index < batch.length; index++) {
    const reading = batch[index] as Reading;
    let place = placeOf.get(reading.machine);
    if (place === undefined) {
      if (!hasLevels(reading.machine)) return undefined;
      place = placeOf.size;
      placeOf.set(reading.machine, place);
      newest[place] = Number.NEGATIVE_INFINITY;
    }
    if (reading.ts <= (newest[place] as number) || !isStorable(reading)) return undefined;
    newest[place] = reading.ts;
    next[place + 1]!++;
    places[index] = place;
  }
  for (let place = 1; place < placeOf.size; place++) next[place]! += next[place - 1] as number;
  const origins = new Uint32Array(batch.length);
  const readings = new Array<Reading>(batch.length);
  for (let index = 0; index < batch.length; index++) {
    const at = next[places[index] as number]!++;
    origins[at] = index;
    readings[at] = batch[index] as Reading;
  }
  return { readings, originsOf: (index) => [origins[index] as number], refused: [] };
}

/** Far above the cap on machines; only a bound. */
const CACHED_PATHS = 200_000;
const soundPaths = new Set<MachinePath>();

/** Whether a path has five levels; a sound one is looked at once. */
function hasLevels(path: MachinePath): boolean {
  if (soundPaths.has(path)) return true;
  if (levelsOf(path) === undefined) return false;
  if (soundPaths.size >= CACHED_PATHS) soundPaths.clear();
  soundPaths.add(path);
  return true;
}

function prepareCarefully(batch: readonly Reading[]): PreparedBatch {
  const refused: StoreRefusal[] = [];
  const lines = new Map<string, Line>();
  batch.forEach((given, reading) => {
    const { machine, ts, signals, values } = given;
    const fault =
      levelsOf(machine) === undefined ? `machine path "${machine}" hasn't five levels` : readingFault(given);
    if (fault !== undefined) {
      refused.push({ reading, signal: null, detail: fault });
      return;
    }
    const key = `${ts} ${machine}`;
    let line = lines.get(key);
    signals.forEach((signal, i) => {
      const value = values[i] as SignalValue;
      const detail = valueFault(value);
      if (detail !== undefined) {
        refused.push({ reading, signal, detail });
        return;
      }
      if (line === undefined) {
        line = { machine, ts, values: new Map(), origins: new Map() };
        lines.set(key, line);
      }
      line.values.set(signal, value);
      const origins = line.origins.get(signal);
      if (origins) origins.push(reading);
      else line.origins.set(signal, [reading]);
    });
  });
  const merged = [...lines.values()];
  return {
    readings: merged.map(({ machine, ts, values }) => ({
      machine,
      ts,
      signals: [...values.keys()],
      values: [...values.values()],
    })),
    originsOf: (index, signal) => merged[index]?.origins.get(signal) ?? [],
    refused,
  };
}

/** One machine at one instant: the last value of each signal, and the readings that gave one. */
interface Line {
  readonly machine: string;
  readonly ts: number;
  readonly values: Map<string, SignalValue>;
  readonly origins: Map<string, number[]>;
}
