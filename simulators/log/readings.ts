import type { EpochMs } from '../../domain/time.ts';
import type { ShdrLine } from './shdr.ts';

/** A line of the log as published. */
export interface LogReading {
  readonly ts: EpochMs;
  /** By signal; in the log's order. */
  readonly values: ReadonlyMap<string, number | string>;
}

export interface LogSignals {
  readonly readings: readonly LogReading[];
  /** Signals published. */
  readonly signals: readonly string[];
  /** Values left out: a number that is UNAVAILABLE or empty, or a key that never has a value. */
  readonly leftOut: number;
}

const UNAVAILABLE = 'UNAVAILABLE';
/** Numbers as adapters write them; neither hexadecimal nor infinite. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** The part counter, under the name that the default topics give it; published under its own name too. */
export const COUNTERS: Readonly<Record<string, string>> = { ppartcount: 'count' };
/** What the default topics reserve; a key of such a name gets an underscore. */
const RESERVED = new Set(['ts', 'state', 'reason', 'count', 'reject', 'order', 'product']);

/**
 * Gives each key one type over the whole log, so that no value drifts: a number where each value is one, else text. A
 * key that never has a value is left out, since its type isn't known.
 */
export function readingsOf(lines: readonly ShdrLine[]): LogSignals {
  const types = typesOf(lines);
  const signals = new Set<string>();
  let leftOut = 0;
  const readings: LogReading[] = [];
  for (const { ts, pairs } of lines) {
    const values = new Map<string, number | string>();
    for (const [key, text] of pairs) {
      const type = types.get(key);
      const numeric = type === 'number';
      if (type === undefined || (numeric && !NUMBER.test(text))) {
        leftOut++;
        continue;
      }
      const name = RESERVED.has(key) ? `${key}_` : key;
      values.set(name, numeric ? Number(text) : text);
      const counter = COUNTERS[key];
      if (counter !== undefined && numeric) values.set(counter, Number(text));
    }
    for (const name of values.keys()) signals.add(name);
    if (values.size > 0) readings.push({ ts, values });
  }
  return { readings, signals: [...signals].sort(), leftOut };
}

function typesOf(lines: readonly ShdrLine[]): Map<string, 'number' | 'text'> {
  const types = new Map<string, 'number' | 'text'>();
  for (const { pairs } of lines) {
    for (const [key, text] of pairs) {
      if (text === '' || text === UNAVAILABLE) continue;
      if (!NUMBER.test(text)) types.set(key, 'text');
      else if (!types.has(key)) types.set(key, 'number');
    }
  }
  return types;
}

/** Moves every time by as much, so that the newest is `now`. */
export function rebased(readings: readonly LogReading[], now: EpochMs): LogReading[] {
  const newest = readings.reduce((max, { ts }) => Math.max(max, ts), Number.NEGATIVE_INFINITY);
  return readings.map(({ ts, values }) => ({ ts: ts + now - newest, values }));
}

export const payloadOfReading = ({ ts, values }: LogReading): string =>
  JSON.stringify({ ts, ...Object.fromEntries(values) });
