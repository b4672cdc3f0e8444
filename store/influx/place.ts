import type { Reading, SignalValue } from '../../domain/observation.ts';
import { typeOf } from '../../domain/observation.ts';
import type { StoreRefusal } from '../port.ts';
import type { PreparedBatch } from './batch.ts';
import { fieldOf } from './names.ts';

/** What the store said to a write request; when it can't take anything now, the request rejects instead. */
export type WriteOutcome =
  | { readonly kind: 'stored' }
  /** At least one line was not written; the others may or may not be. `dropped`: how many, where the store says so. */
  | { readonly kind: 'refused'; readonly detail: string; readonly dropped?: number }
  | { readonly kind: 'too-large'; readonly detail: string };

/** Sends readings as lines of one request. */
export type Send = (readings: readonly Reading[]) => Promise<WriteOutcome>;

interface Refused {
  readonly index: number;
  readonly detail: string;
}

/**
 * Writes all but what the store refuses, and says which those are. Halves what was refused in part until the lines are
 * found; sending a line again is harmless, since the same point has the same content.
 */
async function sift(readings: readonly Reading[], send: Send, at = 0): Promise<readonly Refused[]> {
  const outcome = await send(readings);
  if (outcome.kind === 'stored') return [];
  const all = outcome.kind === 'refused' && outcome.dropped === readings.length;
  if (all || readings.length === 1)
    return readings.map((_, i) => ({ index: at + i, detail: outcome.detail }));
  const middle = readings.length >> 1;
  return [
    ...(await sift(readings.slice(0, middle), send, at)),
    ...(await sift(readings.slice(middle), send, at + middle)),
  ];
}

/** A refusal that concerns the instant, not a field: none of the reading's observations can be stored. */
const concernsInstant = (detail: string): boolean => /retention policy|time outside range/.test(detail);

/**
 * Writes the readings from `start` to `end` of a batch so that a poisoned observation costs only itself. InfluxDB drops
 * whole lines, so the fields of a refused line are sent again one at a time, each field of all refused lines in one request.
 */
export async function place(
  { readings, originsOf }: PreparedBatch,
  start: number,
  end: number,
  send: Send,
): Promise<readonly StoreRefusal[]> {
  const refusals: StoreRefusal[] = [];
  const byField = new Map<string, { readonly index: number; readonly reading: Reading }[]>();
  for (const { index, detail } of await sift(readings.slice(start, end), send, start)) {
    const { machine, ts, signals, values } = readings[index]!;
    if (concernsInstant(detail)) {
      const origins = new Set(signals.flatMap((signal) => originsOf(index, signal)));
      for (const reading of origins) refusals.push({ reading, signal: null, detail });
    } else
      signals.forEach((signal, i) => {
        const value = values[i] as SignalValue;
        const field = fieldOf(signal, typeOf(value));
        const single = { index, reading: { machine, ts, signals: [signal], values: [value] } };
        const same = byField.get(field);
        if (same) same.push(single);
        else byField.set(field, [single]);
      });
  }
  for (const singles of byField.values())
    for (const { index: at, detail } of await sift(
      singles.map(({ reading }) => reading),
      send,
    )) {
      const { index, reading } = singles[at]!;
      const signal = reading.signals[0]!;
      for (const origin of originsOf(index, signal)) refusals.push({ reading: origin, signal, detail });
    }
  return refusals;
}
