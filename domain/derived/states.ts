import type { MachineFacts, SeriesFacts } from '../facts.ts';
import type { Machine } from '../plant.ts';
import { DEATH_SIGNAL, seriesOf } from '../signals.ts';
import type { EpochMs } from '../time.ts';
import type { Derivation, DerivedChange } from './derivation.ts';
import { level } from './level.ts';
import { pulses } from './pulses.ts';
import type { DerivedRule } from './rule.ts';

const derivationOf = (rule: DerivedRule) =>
  (rule.from === 'level' ? level : pulses) as Derivation<DerivedRule>;

/** What a machine's state is derived from, where it is and where there is any. */
function derivedFrom(machine: Machine, facts: MachineFacts) {
  const series = machine.derive && seriesOf(facts, machine.stateSignal);
  if (!machine.derive || !series) return undefined;
  const counter = machine.counters[machine.stateSignal];
  return { series, rule: machine.derive, derivation: derivationOf(machine.derive), counter };
}

/** The derived states as a series of words, from observations before `until`; after a death the word is said again. */
export function derivedSeries(
  machine: Machine,
  facts: MachineFacts,
  until: EpochMs,
): SeriesFacts | undefined {
  const source = derivedFrom(machine, facts);
  if (!source) return undefined;
  const { series, rule, derivation, counter } = source;
  const { changes } = derivation.changes(before(series, until), rule, until, counter);
  const said = saidAgain(changes, series, deathsOf(facts, until), until);
  return {
    signal: machine.stateSignal,
    ts: said.map(({ at }) => at),
    values: said.map(({ word }) => word),
  };
}

/**
 * From when on facts that were read from `from` tell a machine's states for certain; those before may need older
 * observations. Minus infinity where the state is no derived one, or nothing older exists.
 */
export function statesKnownFrom(
  machine: Machine,
  facts: MachineFacts,
  { from, until }: { readonly from: EpochMs; readonly until: EpochMs },
): EpochMs {
  const source = derivedFrom(machine, facts);
  const first = source?.series.ts[0];
  if (!source || first === undefined || first >= from) return Number.NEGATIVE_INFINITY;
  const { series, rule, derivation, counter } = source;
  return derivation.changes(before(series, until), rule, until, counter).certainFrom;
}

/** When a machine's derived state can change although nothing more is heard; `undefined`: it can't. */
export function nextDerivedChange(machine: Machine, facts: MachineFacts, now: EpochMs): EpochMs | undefined {
  const source = derivedFrom(machine, facts);
  if (!source) return undefined;
  const { series, rule, derivation, counter } = source;
  return derivation.nextChange(before(series, now), rule, now, counter);
}

/**
 * A series as short as it can be for the states from an instant on: of what lies before it, what decides them and the
 * last observation. Where the state is no derived one, or another signal's, the last observation is all.
 */
export function neededSince(machine: Machine, series: SeriesFacts, from: EpochMs): SeriesFacts {
  const { ts, values, signal } = series;
  const last = ts.findLastIndex((instant) => instant < from);
  const places =
    machine.derive && signal === machine.stateSignal
      ? derivationOf(machine.derive).decisive(series, machine.derive, from, machine.counters[signal])
      : [];
  const kept = [...new Set([...places, ...(last === -1 ? [] : [last])])].sort((a, b) => a - b);
  return {
    signal,
    ts: [...kept.map((place) => ts[place] as EpochMs), ...ts.slice(last + 1)],
    values: [
      ...kept.map((place) => values[place] as SeriesFacts['values'][number]),
      ...values.slice(last + 1),
    ],
  };
}

function before({ signal, ts, values }: SeriesFacts, until: EpochMs): SeriesFacts {
  const end = lowerBound(ts, until);
  return end === ts.length
    ? { signal, ts, values }
    : { signal, ts: ts.slice(0, end), values: values.slice(0, end) };
}

interface Death {
  readonly at: EpochMs;
  /** When the signal of deaths said something again: if not another death, the machine lives since. */
  readonly until: EpochMs;
}

const deathsOf = (facts: MachineFacts, until: EpochMs): readonly Death[] => {
  const { ts = [], values = [] } = seriesOf(facts, DEATH_SIGNAL) ?? {};
  return ts.flatMap((at, place): Death[] =>
    at < until && values[place] === 'unknown'
      ? [{ at, until: ts[place + 1] ?? Number.POSITIVE_INFINITY }]
      : [],
  );
};

/** A machine lives again with the next observation of the signal, also where that changes nothing. */
function saidAgain(
  changes: readonly DerivedChange[],
  series: SeriesFacts,
  deaths: readonly Death[],
  until: EpochMs,
): readonly DerivedChange[] {
  if (deaths.length === 0) return changes;
  const again = deaths.flatMap((death) => {
    const at = series.ts[lowerBound(series.ts, death.at + 1)];
    if (at === undefined || at >= until || at > death.until) return [];
    const word = changes.findLast((change) => change.at <= at)?.word;
    return word === undefined ? [] : [{ at, word }];
  });
  const at = new Map([...again, ...changes].map((change) => [change.at, change]));
  return [...at.values()].sort((a, b) => a.at - b.at);
}

/** The place of the first instant at or after `instant`. */
function lowerBound(ts: readonly EpochMs[], instant: EpochMs): number {
  let low = 0;
  let high = ts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (instant > (ts[middle] as EpochMs)) low = middle + 1;
    else high = middle;
  }
  return low;
}
