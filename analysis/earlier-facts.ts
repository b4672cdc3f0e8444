import { derivedSeries, statesKnownFrom } from '../domain/derived/states.ts';
import type { MachineFacts } from '../domain/facts.ts';
import type { Machine } from '../domain/plant.ts';
import { seriesOf } from '../domain/signals.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';

const DAY_MS: DurationMs = 86_400_000;
/** Each look goes so many times further back than the one before. */
const FURTHER = 8;

export interface FactsRead {
  readonly machine: Machine;
  readonly facts: MachineFacts;
  /** From when on the facts were read. */
  readonly from: EpochMs;
  /** From when on the states matter. */
  readonly needed: EpochMs;
  readonly until: EpochMs;
}

/**
 * From when on facts must be read again so that a derived state is certain where it matters; `undefined`: they suffice. A
 * level can lie between its thresholds, or flicker, for any time before what was read.
 */
export function earlierForStates({ machine, facts, from, needed, until }: FactsRead): EpochMs | undefined {
  const known = statesKnownFrom(machine, facts, { from, until });
  return known > needed && from > 0 ? furtherBack(from, needed) : undefined;
}

/**
 * The same for the reason of a derived state: one that was given before what was read may still hold where the state
 * hasn't changed since.
 */
export function earlierForReasons(read: FactsRead): EpochMs | undefined {
  const { machine, facts, from, needed, until } = read;
  const earlier = earlierForStates(read);
  if (earlier !== undefined) return earlier;
  const reasons = seriesOf(facts, 'reason');
  const newest = reasons?.ts.findLastIndex((ts) => ts <= needed) ?? -1;
  const given = reasons?.ts[newest];
  if (given === undefined || reasons?.values[newest] === '' || from <= 0) return undefined;
  if (given >= from && statesKnownFrom(machine, facts, { from, until }) <= given) return undefined;
  const states = derivedSeries(machine, facts, until);
  const changed = states?.ts.some((at, place) => at <= needed && states.values[place] !== states.values[0]);
  if (changed !== false || (states?.ts[0] as EpochMs) > needed) return undefined;
  const further = furtherBack(from, needed);
  return given < from ? Math.max(given, further) : further;
}

const furtherBack = (from: EpochMs, needed: EpochMs): EpochMs =>
  Math.max(0, needed - Math.max(DAY_MS, FURTHER * (needed - from)));
