import { bisect } from './bisect.ts';
import { countsSince } from './counters.ts';
import { settleMs } from './derived/rule.ts';
import { readingsOf } from './energy.ts';
import type { MachineFacts, SeriesFacts } from './facts.ts';
import type { SignalValue } from './observation.ts';
import type { Machine } from './plant.ts';
import { countedSignalsOf, seriesOf, stateSignalsOf } from './signals.ts';
import type { DurationMs, EpochMs, Span } from './time.ts';

/** Most machines report their count more often than this, so that one look at the facts is enough. */
const LOOK_BEHIND_MS: DurationMs = 15 * 60_000;

/**
 * The span of facts that a ledger over `span` needs: a minor stop that a border cuts begins less than `minorStopMs`
 * before it and ends less than `minorStopMs` after it; a changeover is judged by a change of order as far away as it may be
 * long, and by what was named that much earlier; a derived state can need some time to be told from a flicker. Never beyond
 * `asOf`.
 */
export function contextOf(machine: Machine, span: Span, asOf: EpochMs): Span {
  const settles = settleMs(machine.derive);
  const changeMs = machine.changeover?.longestMs ?? 0;
  const behind = Math.max(machine.minorStopMs, LOOK_BEHIND_MS, 2 * changeMs);
  const from = Math.min(asOf, span.from - behind - settles);
  const ahead = Math.max(machine.minorStopMs, changeMs);
  return { from, to: Math.max(from, Math.min(asOf, span.to + ahead + settles)) };
}

/** From when on a machine's states matter for what is accounted from an instant on: stops are judged on their whole length. */
export const statesMatterFrom = (machine: Machine, from: EpochMs): EpochMs =>
  from - Math.max(machine.minorStopMs, machine.changeover?.longestMs ?? 0);

/**
 * The instant from which facts are needed after all, or `null` where the context has them. Pieces counted across an
 * unknown stretch are told by the states since the last count before the span; a count older than the context can hide
 * one. Fetch the facts from that instant, then, and make the ledger of those.
 */
export function earlierContext({
  machine,
  facts,
  context,
  span,
}: {
  readonly machine: Machine;
  readonly facts: MachineFacts;
  readonly context: Span;
  readonly span: Span;
}): EpochMs | null {
  const hidden = countedSignalsOf(machine)
    .map((signal) => olderCount(facts, signal, { machine, context, span }))
    .filter((instant) => instant !== undefined)
    .filter((instant) => !statesKnownSince(machine, facts, { from: instant, to: context.from }));
  return hidden.length === 0 ? null : Math.min(...hidden);
}

/** The last count before the span, where it lies before the context and the count changed in the span. */
function olderCount(
  facts: MachineFacts,
  signal: string,
  { machine, context, span }: { readonly machine: Machine; readonly context: Span; readonly span: Span },
): EpochMs | undefined {
  const series = seriesOf(facts, signal);
  if (!series) return undefined;
  const next = placeFrom(series, span.from);
  if (next === series.ts.length) return undefined;
  const carried = readingBefore(series, next, {
    isReading: readingsOf(machine, signal),
    notBefore: Number.NEGATIVE_INFINITY,
  });
  const last = series.ts[carried];
  if (last === undefined || last >= context.from) return undefined;
  return countsSince(machine.counters[signal], series.values[carried], series.values[next])
    ? last
    : undefined;
}

/** How many values of a series come before an instant. */
const placeFrom = ({ ts }: SeriesFacts, instant: EpochMs): number =>
  bisect(ts.length, (index) => instant > (ts[index] as EpochMs));

/**
 * The place of the value that a counter counts on from at `next`: the last before it that is a count, or the last of all
 * where none is; -1: there is nothing before.
 */
export function readingBefore(
  { ts, values }: SeriesFacts,
  next: number,
  {
    isReading,
    notBefore,
  }: { readonly isReading: (value: SignalValue) => boolean; readonly notBefore: EpochMs },
): number {
  for (let place = next - 1; place >= 0 && notBefore <= (ts[place] as EpochMs); place--) {
    if (isReading(values[place] as SignalValue)) return place;
  }
  return next - 1;
}

/** Of a counter that only told what is no count for longer than that, nothing is known any more. */
export const LONGEST_WITHOUT_COUNT_MS: DurationMs = 31 * 86_400_000;
const DAY_MS: DurationMs = 86_400_000;

/**
 * From when on facts must be read again, since what a counter told last before the span, as far as it was read from
 * `from` on, is no count, and an earlier one may be; `null`: those read tell. What is counted in the span must not hang on
 * how much before it was read.
 */
export function earlierReading({
  machine,
  facts,
  from,
  span,
}: {
  readonly machine: Machine;
  readonly facts: MachineFacts;
  readonly from: EpochMs;
  readonly span: Span;
}): EpochMs | null {
  const lookedMs = span.from - from;
  if (lookedMs >= LONGEST_WITHOUT_COUNT_MS) return null;
  const isMissing = countedSignalsOf(machine).some((signal) => {
    const series = seriesOf(facts, signal);
    // Where nothing goes before what was read there is nothing earlier.
    if (!series || from <= (series.ts[0] as EpochMs)) return false;
    const next = placeFrom(series, span.from);
    if (next >= placeFrom(series, span.to)) return false;
    const isReading = readingsOf(machine, signal);
    const carried = readingBefore(series, next, { isReading, notBefore: Number.NEGATIVE_INFINITY });
    return !isReading(series.values[carried] as SignalValue);
  });
  return isMissing ? from - Math.max(DAY_MS, lookedMs) : null;
}

/** Whether no state and no silence can have come and gone unseen in a stretch before the facts' span. */
export function statesKnownSince(machine: Machine, facts: MachineFacts, { from, to }: Span): boolean {
  if (machine.maxSilenceMs !== null && to - from > machine.maxSilenceMs) return false;
  return stateSignalsOf(machine).every((signal) => {
    const first = seriesOf(facts, signal)?.ts[0];
    return first === undefined || first >= to || first <= from;
  });
}
