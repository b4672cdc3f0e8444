import { kindOf } from '../domain/annotations/stop-stretch.ts';
import { bisect } from '../domain/bisect.ts';
import { derivedSeries, neededSince, statesKnownFrom } from '../domain/derived/states.ts';
import { readingsOf } from '../domain/energy.ts';
import type { MachineFacts, RemovedFacts, SeriesFacts } from '../domain/facts.ts';
import { breakdownPossible } from '../domain/failures.ts';
import { LONGEST_WITHOUT_COUNT_MS } from '../domain/ledger-context.ts';
import type { Meaning } from '../domain/meaning.ts';
import type { SignalValue } from '../domain/observation.ts';
import type { Machine, Site } from '../domain/plant.ts';
import { countedSignalsOf, seriesOf, stateSignalsOf } from '../domain/signals.ts';
import { STATES } from '../domain/state.ts';
import { type StateTape, stateTape } from '../domain/state-tape.ts';
import type { EpochMs } from '../domain/time.ts';
import { classTable, PLANNED } from '../domain/time-classes.ts';
import { earlierForReasons } from './earlier-facts.ts';
import type { CarriedValue } from './raw-horizon.ts';

/** A ledger looks for a count in steps, the last of which can begin before the time in which one still counts. */
const LONGEST_LOOK_MS = 2 * LONGEST_WITHOUT_COUNT_MS;
const UNKNOWN = STATES.indexOf('unknown');

/** What is kept of a machine's facts before an instant. */
export interface KeptFacts extends Omit<RemovedFacts, 'before'> {
  readonly carried: readonly CarriedValue[];
}

export interface FactsToKeep {
  readonly machine: Machine;
  readonly site: Site | undefined;
  /** Of `signalsOf`, up to `before`. */
  readonly facts: MachineFacts;
  /** From when on they were read. */
  readonly from: EpochMs;
  /** Nothing is stored from before `from`. */
  readonly whole: boolean;
  readonly before: EpochMs;
}

/**
 * The least of a machine's facts before an instant from which every cell behind it follows as from all of them: of each
 * signal the last value, of a counter also the last that is a count, of a stop or a failure that goes on its whole length,
 * and whether time was unknown since the counts. `null`: that can't be told yet; they must be read from further back.
 */
export function keptFacts(given: FactsToKeep): KeptFacts | null {
  const { machine, facts, before } = given;
  const counts = countsOf(given);
  const tape = stateTape({ machine, facts, until: before, reasons: false });
  const certain = certainFrom(given);
  if (!counts || certain > before) return null;
  const begin = stretchBegin(tape, given);
  if (begin < certain && begin < before) return null;
  const unknownUntil = lastUnknown(tape, given, { certain, oldestCount: counts.oldest });
  const reasoned = reasonedSince(given);
  if (unknownUntil === undefined || reasoned === null) return null;
  const states = machine.derive ? decisivePlaces(given, [begin, reasoned]) : undefined;
  const since = Math.min(begin, reasoned);
  const carried = facts.series.flatMap((series) => {
    const { signal } = series;
    const isState = stateSignalsOf(machine).includes(signal) || signal === 'reason';
    const changes = (): readonly number[] => {
      if (states !== undefined && signal === machine.stateSignal) return states;
      return counts.places.has(signal) && !isState ? [] : changesSince(series, isState ? since : begin);
    };
    const places = new Set([...lastPlace(series), ...(counts.places.get(signal) ?? []), ...changes()]);
    return [...places]
      .sort((a, b) => a - b)
      .map((place) => ({
        signal,
        ts: series.ts[place] as EpochMs,
        value: series.values[place] as SignalValue,
      }));
  });
  return { carried, statesFrom: machine.derive ? null : begin, unknownUntil };
}

const lastPlace = ({ ts }: SeriesFacts): readonly number[] => (ts.length === 0 ? [] : [ts.length - 1]);

/** The places of what held at an instant, and of what changed since. */
function changesSince({ ts, values }: SeriesFacts, since: EpochMs): readonly number[] {
  const first = Math.max(0, bisect(ts.length, (place) => (ts[place] as EpochMs) <= since) - 1);
  return [...ts.keys()].filter(
    (place) => place === first || (place > first && values[place] !== values[place - 1]),
  );
}

/**
 * Of each counter the last value that is a count, and the first after it that is none, behind which it isn't looked for;
 * `null`: one may lie further back.
 */
function countsOf({ machine, facts, from, whole, before }: FactsToKeep) {
  const places = new Map<string, readonly number[]>();
  let oldest = Number.POSITIVE_INFINITY;
  for (const signal of countedSignalsOf(machine)) {
    const series = seriesOf(facts, signal);
    if (!series) continue;
    const { ts, values } = series;
    const last = values.findLastIndex(readingsOf(machine, signal));
    const isOlder = !whole && (ts[0] as EpochMs) < from && before - from < LONGEST_LOOK_MS;
    if (last < 0 && isOlder) return null;
    places.set(
      signal,
      [last, last + 1].filter((place) => place >= 0 && place < ts.length),
    );
    oldest = Math.min(oldest, ts[last < 0 ? ts.length - 1 : last] as EpochMs);
  }
  return { places, oldest };
}

/** From when on the facts tell the machine's states for certain. */
function certainFrom({ machine, facts, from, whole, before }: FactsToKeep): EpochMs {
  if (whole) return Number.NEGATIVE_INFINITY;
  return Math.max(from, statesKnownFrom(machine, facts, { from, until: before }));
}

/** Since when the machine has stood or failed without a break; where it does neither, nothing before matters. */
function stretchBegin({ at, meanings }: StateTape, { site, before }: FactsToKeep): EpochMs {
  let first = at.length - 1;
  const held = meanings[first] as Meaning;
  const kind = kindOf(held);
  const table = classTable(site?.classes);
  const matters =
    kind === 'stop' ||
    kind === 'setup' ||
    PLANNED.some((_, planned) => breakdownPossible(table, planned, held.code));
  if (kind === 'unknown' || !matters) return before;
  while (first > 0 && kindOf(meanings[first - 1] as Meaning) === kind) first--;
  return at[first] as EpochMs;
}

/** Until when time was unknown last; `null`: not since the counts. `undefined`: it can't be told. */
function lastUnknown(
  { at, meanings }: StateTape,
  { facts: { removed }, before }: FactsToKeep,
  { certain, oldestCount }: { readonly certain: EpochMs; readonly oldestCount: EpochMs },
): EpochMs | null | undefined {
  const last = meanings.findLastIndex(({ code }) => code === UNKNOWN);
  const until = at[last + 1] ?? before;
  if (until >= certain && until > (removed?.before ?? Number.NEGATIVE_INFINITY)) return until;
  if (removed && certain <= removed.before) return removed.unknownUntil;
  return certain <= oldestCount ? null : undefined;
}

/** Since when the reason was given that may still hold; `before`: none does. `null`: it can't be told. */
function reasonedSince({ machine, facts, from, whole, before }: FactsToKeep): EpochMs | null {
  const reasons = seriesOf(facts, 'reason');
  const [given, reason] = [reasons?.ts.at(-1), reasons?.values.at(-1)];
  if (given === undefined || reason === '') return before;
  if (machine.derive) {
    const read = { machine, facts, from, needed: before, until: before };
    return whole || earlierForReasons(read) === undefined ? given : null;
  }
  const { ts, values } = seriesOf(facts, machine.stateSignal) ?? { ts: [], values: [] };
  const held = bisect(ts.length, (place) => (ts[place] as EpochMs) <= given) - 1;
  if (values.slice(Math.max(0, held)).some((word) => word !== values.at(-1))) return before;
  return held >= 0 || whole || ts.length === 0 || given >= from ? given : null;
}

/** The places of the measurements that decide the states from each of some instants on, and from where they change since the first. */
function decisivePlaces(
  { machine, facts, before }: FactsToKeep,
  since: readonly EpochMs[],
): readonly number[] {
  const series = seriesOf(facts, machine.stateSignal);
  if (!series) return [];
  const changes = derivedSeries(machine, facts, before)?.ts.filter((at) => at >= (since[0] as EpochMs)) ?? [];
  return [...since, ...changes, before - 1].flatMap((instant) =>
    neededSince(machine, series, instant + 1)
      .ts.filter((at) => at <= instant)
      .map((at) => series.ts.indexOf(at)),
  );
}
