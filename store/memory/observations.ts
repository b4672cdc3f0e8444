import type { MachineFacts, SeriesFacts } from '../../domain/facts.ts';
import { type Reading, type SignalValue, typeOf } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { readingFault, valueFault } from '../limits.ts';
import type {
  FactsQuery,
  LatestValue,
  Point,
  PointsQuery,
  Range,
  RangesQuery,
  StoreRefusal,
} from '../port.ts';
import { silencesOf } from '../silences.ts';
import type { MachineContents, MemoryContents } from './contents.ts';
import { firstFrom, hear, put } from './series.ts';

/** Stores readings in the order given; returns what can't be held. */
export function storeReadings(contents: MemoryContents, batch: readonly Reading[]): readonly StoreRefusal[] {
  const refusals: StoreRefusal[] = [];
  for (const [index, reading] of batch.entries()) {
    const fault = readingFault(reading);
    if (fault !== undefined) {
      refusals.push({ reading: index, signal: null, detail: fault });
      continue;
    }
    for (const [at, signal] of reading.signals.entries()) {
      const value = reading.values[at] as SignalValue;
      const detail = valueFault(value);
      if (detail === undefined) storeValue(contents, reading, signal, value);
      else refusals.push({ reading: index, signal, detail });
    }
  }
  return refusals;
}

function storeValue(
  { machines }: MemoryContents,
  { machine, ts }: Reading,
  signal: string,
  value: SignalValue,
): void {
  const held = machines.getOrInsertComputed(machine, () => ({ heard: [], signals: new Map() }));
  const series = held.signals.getOrInsertComputed(signal, () => ({ ts: [], values: [] }));
  put(series, ts, value);
  hear(held.heard, ts);
}

export function recallReading(
  held: MachineContents | undefined,
  { machine, ts }: { readonly machine: MachinePath; readonly ts: EpochMs },
): Reading | undefined {
  const signals: string[] = [];
  const values: SignalValue[] = [];
  for (const [signal, series] of held?.signals ?? []) {
    const index = firstFrom(series.ts, ts);
    if (series.ts[index] !== ts) continue;
    signals.push(signal);
    values.push(series.values[index] as SignalValue);
  }
  return signals.length === 0 ? undefined : { machine, ts, signals, values };
}

export function latestValues(held: MachineContents | undefined): readonly LatestValue[] {
  return [...(held?.signals ?? [])]
    .map(([signal, { ts, values }]) => {
      const value = values.at(-1) as SignalValue;
      return { signal, type: typeOf(value), ts: ts.at(-1) as EpochMs, value };
    })
    .sort((a, b) => (a.signal < b.signal ? -1 : 1));
}

export const signalNamesOf = (held: MachineContents | undefined): readonly string[] =>
  [...(held?.signals.keys() ?? [])].sort();

export const heardSpans = (held: MachineContents | undefined, spans: readonly Span[]): readonly boolean[] => {
  const heard = held?.heard ?? [];
  return spans.map(({ from, to }) => (heard[firstFrom(heard, from)] ?? to) < to);
};

export function factsOf(
  held: MachineContents | undefined,
  span: Span,
  { path, signals, silenceMs }: FactsQuery['machines'][number],
): MachineFacts {
  const series = signals.flatMap((signal): SeriesFacts[] => {
    const stored = held?.signals.get(signal);
    if (!stored) return [];
    const start = Math.max(0, firstFrom(stored.ts, span.from) - 1);
    const end = firstFrom(stored.ts, span.to);
    if (start >= end) return [];
    return [{ signal, ts: stored.ts.slice(start, end), values: stored.values.slice(start, end) }];
  });
  const heard = held?.heard ?? [];
  const known = heard.slice(Math.max(0, firstFrom(heard, span.from) - 1), firstFrom(heard, span.to));
  return { machine: path, series, silences: silencesOf(known, span, silenceMs) };
}

export function pointsOf(
  held: MachineContents | undefined,
  { signal, from, to, everyMs, limit }: PointsQuery,
): readonly Point[] {
  const stored = held?.signals.get(signal);
  if (!stored) return [];
  const points: (readonly [EpochMs, SignalValue])[] = [];
  const first = firstFrom(stored.ts, from);
  const end = firstFrom(stored.ts, to);
  const most = everyMs === null ? (limit ?? end) : end;
  for (let index = first; index < Math.min(end, first + most); index++) {
    points.push([stored.ts[index] as EpochMs, stored.values[index] as SignalValue]);
  }
  return everyMs === null ? points : bucketsOf(points, everyMs);
}

export const rangesOf = ({ machines }: MemoryContents, query: RangesQuery): readonly (readonly Range[])[] =>
  query.machines.map((machine) =>
    pointsOf(machines.get(machine), { ...query, machine }).map(
      ([start, min, , max]): Range => [start, min as number, max as number],
    ),
  );

function bucketsOf(points: readonly (readonly [EpochMs, SignalValue])[], everyMs: number): readonly Point[] {
  const numbers = points.filter(([, value]) => typeof value === 'number' || typeof value === 'bigint');
  const buckets = Map.groupBy(numbers, ([ts]) => Math.floor(ts / everyMs) * everyMs);
  return [...buckets].map(([start, inside]): Point => {
    const values = inside.map(([, value]) => Number(value));
    const sum = values.reduce((total, value) => total + value, 0);
    const min = values.reduce((least, value) => Math.min(least, value));
    const max = values.reduce((most, value) => Math.max(most, value));
    return [start, min, sum / values.length, max, values.at(-1) as number];
  });
}

/** Removes everything before an instant, and the machines and signals of which nothing remains. */
export function purgeBefore({ machines }: MemoryContents, before: EpochMs): void {
  for (const [path, { heard, signals }] of machines) {
    heard.splice(0, firstFrom(heard, before));
    for (const [signal, { ts, values }] of signals) {
      const gone = firstFrom(ts, before);
      ts.splice(0, gone);
      values.splice(0, gone);
      if (ts.length === 0) signals.delete(signal);
    }
    if (heard.length === 0) machines.delete(path);
  }
}
