import { settleMs } from '../../domain/derived/rule.ts';
import { neededSince, nextDerivedChange } from '../../domain/derived/states.ts';
import type { MachineFacts, SeriesFacts, Silence } from '../../domain/facts.ts';
import type { Reading, SignalValue } from '../../domain/observation.ts';
import type { Machine } from '../../domain/plant.ts';
import type { State } from '../../domain/state.ts';
import type { DurationMs, EpochMs } from '../../domain/time.ts';
import { timeline } from '../../domain/timeline.ts';
import type { StateInterval } from '../answers.ts';
import { insertSorted } from './sorted.ts';

/** A state with its reason, and when the two began; `since` is `null` before the first state. */
export interface Standing {
  readonly state: State;
  readonly reason: string | null;
  readonly since: EpochMs | null;
}

/** A machine's facts since an instant, and how it stood just before: enough to say how it stands from then on. */
export interface Tail {
  /** Complete from here on; older readings call for reading the store again. */
  readonly from: EpochMs;
  readonly base: Standing;
  /** By signal; the first observation may be the last one before `from`. */
  readonly series: ReadonlyMap<string, { readonly ts: EpochMs[]; readonly values: SignalValue[] }>;
  /** Instants at which the machine was heard, ascending: all that bound a silence, the newest in any case. */
  readonly heard: EpochMs[];
}

/** Readings that come this much out of order are put in place without reading the store again. */
const REORDER_MS: DurationMs = 30_000;

/**
 * How much of the newest past a tail keeps: shorter than a silence, so that none begins and ends in it unseen, and long
 * enough that a derived state before it stands.
 */
export const keepMs = ({ maxSilenceMs, derive }: Machine): DurationMs =>
  settleMs(derive) +
  (maxSilenceMs === null ? REORDER_MS : Math.min(REORDER_MS, Math.floor(maxSilenceMs / 2)));

/** Takes a reading in. Returns whether it could: `false` means that the store must be read again. */
export function takeIn(
  { stateSignal, derive }: Machine,
  tail: Tail,
  reading: Reading,
  wanted: readonly string[],
): boolean {
  // What a derived state comes from can still change the time before it.
  const settles = derive && reading.signals.includes(stateSignal) ? settleMs(derive) : 0;
  if (reading.ts < tail.from + settles) return false;
  const series = tail.series as Map<string, { ts: EpochMs[]; values: SignalValue[] }>;
  for (const [index, signal] of reading.signals.entries()) {
    if (!wanted.includes(signal)) continue;
    const known = series.get(signal) ?? { ts: [], values: [] };
    series.set(signal, known);
    insertSorted(known.ts, known.values, reading.ts, reading.values[index] as SignalValue);
  }
  insertSorted(tail.heard, undefined, reading.ts);
  return true;
}

/**
 * What is enough for a look at a machine that tells its states in order: the wide tail is looked at again only where a
 * reading comes later than this.
 */
const NEAR_MS: DurationMs = 1_000;

/** How much of the newest past the near tail of a machine keeps. */
export const nearMs = (machine: Machine): DurationMs =>
  Math.min(settleMs(machine.derive) + NEAR_MS, keepMs(machine));

/** How the machine stands just before `now`, which is after `tail.from`. */
export function standingAt(machine: Machine, tail: Tail, now: EpochMs): Standing {
  return standingFrom(intervalsOf(machine, tail, now), tail.base);
}

function intervalsOf(machine: Machine, tail: Tail, to: EpochMs): readonly StateInterval[] {
  return timeline({ machine, facts: factsOf(machine, tail, to), span: { from: tail.from, to } });
}

/** The standing at the end of contiguous intervals, which went on from `base`. */
export function standingFrom(intervals: readonly StateInterval[], base: Standing | undefined): Standing {
  let index = intervals.length - 1;
  const last = intervals[index];
  if (!last) return base ?? NEVER;
  while (index > 0 && alike(intervals[index - 1] as StateInterval, last)) index--;
  const first = intervals[index] as StateInterval;
  const { state, reason } = last;
  if (index === 0 && base && base.state === state && base.reason === reason) return base;
  return { state, reason, since: first.source === 'never' ? null : first.from };
}

export const NEVER: Standing = { state: 'unknown', reason: null, since: null };

const alike = (a: StateInterval, b: StateInterval): boolean => a.state === b.state && a.reason === b.reason;

/** The first instant after `now` at which the standing can change without a new reading; infinite where none can. */
export function nextChange(machine: Machine, tail: Tail, now: EpochMs): EpochMs {
  const ahead = tail.heard.find((ts) => ts >= now);
  const last = tail.heard.findLast((ts) => ts < now);
  const silent =
    machine.maxSilenceMs === null || last === undefined ? undefined : last + machine.maxSilenceMs;
  const derived = nextDerivedChange(machine, factsOf(machine, tail, now), now);
  const due = [ahead, silent, derived === undefined ? undefined : derived - 1].flatMap((ts) =>
    ts !== undefined && ts >= now ? [ts + 1] : [],
  );
  return Math.min(Number.POSITIVE_INFINITY, ...due);
}

/** The same tail from a later instant on, as it is known at `now`, without what no longer matters. */
export function cutTail(machine: Machine, tail: Tail, from: EpochMs, now: EpochMs): Tail {
  if (from <= tail.from) return tail;
  const known = machine.derive ? now : from;
  const span = { from: tail.from, to: from };
  const base = standingFrom(
    timeline({ machine, facts: factsOf(machine, tail, known), span, asOf: known }),
    tail.base,
  );
  const firstHeard = Math.max(
    0,
    tail.heard.findLastIndex((instant) => instant < from),
  );
  const reason = reasonHeld(machine, factsOf(machine, tail, known), from, known);
  const series = [...tail.series].map(([signal, known]) => ({ signal, ...known }));
  return {
    ...{ from, base, heard: tail.heard.slice(firstHeard) },
    series: seriesSince(machine, series, from, reason),
  };
}

/** The reason of the state that holds just before an instant, also where silence hides the two. */
export function reasonHeld(machine: Machine, facts: MachineFacts, at: EpochMs, asOf: EpochMs): string | null {
  if (!facts.series.some(({ signal }) => signal === 'reason')) return null;
  const span = { from: at - 1, to: at };
  return timeline({ machine, facts: { ...facts, silences: [] }, span, asOf }).at(-1)?.reason ?? null;
}

/**
 * Each series from its last observation before `from` on, of one that a derived state comes from also what decides it. A
 * carried-in reason that holds is dated to the newest word carried in, which may be a repetition: a reason belongs to the
 * word that it follows. One that ended with its word goes.
 */
export function seriesSince(
  machine: Machine,
  all: readonly SeriesFacts[],
  from: EpochMs,
  reason: string | null,
): Tail['series'] {
  const since = new Map<string, { ts: EpochMs[]; values: SignalValue[] }>();
  let newest = Number.NEGATIVE_INFINITY;
  for (const known of all) {
    const { signal, ts, values } = neededSince(machine, known, from);
    since.set(signal, { ts: [...ts], values: [...values] });
    newest = Math.max(newest, ts.findLast((instant) => instant < from) ?? newest);
  }
  const given = since.get('reason');
  if (given && (given.ts[0] as EpochMs) < from) {
    if (String(given.values[0]) === reason) given.ts[0] = newest;
    else {
      given.ts.shift();
      given.values.shift();
    }
  }
  return since;
}

function factsOf(machine: Machine, tail: Tail, to: EpochMs): MachineFacts {
  const series: SeriesFacts[] = [];
  for (const [signal, { ts, values }] of tail.series) {
    const end = ts.findLastIndex((instant) => instant < to) + 1;
    if (end > 0) series.push({ signal, ts: ts.slice(0, end), values: values.slice(0, end) });
  }
  return { machine: machine.path, series, silences: silencesOf(machine, tail.heard, to) };
}

function silencesOf({ maxSilenceMs }: Machine, heard: readonly EpochMs[], to: EpochMs): readonly Silence[] {
  if (maxSilenceMs === null) return [];
  const silences: Silence[] = [];
  let last: EpochMs | undefined;
  for (const ts of heard) {
    if (ts >= to) break;
    if (last !== undefined && ts - last > maxSilenceMs) silences.push({ lastHeard: last, nextHeard: ts });
    last = ts;
  }
  if (last !== undefined && to - last > maxSilenceMs) silences.push({ lastHeard: last, nextHeard: null });
  return silences;
}
