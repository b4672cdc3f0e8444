import { countsSince } from './counters.ts';
import { settleMs } from './derived/rule.ts';
import type { MachineFacts } from './facts.ts';
import type { CounterRule, Machine } from './plant.ts';
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
    .map((signal) => olderCount(facts, signal, { rule: machine.counters[signal], context, span }))
    .filter((instant) => instant !== undefined)
    .filter((instant) => !statesKnownSince(machine, facts, { from: instant, to: context.from }));
  return hidden.length === 0 ? null : Math.min(...hidden);
}

/** The last count before the span, where it lies before the context and the count changed in the span. */
function olderCount(
  facts: MachineFacts,
  signal: string,
  {
    rule,
    context,
    span,
  }: { readonly rule: CounterRule | undefined; readonly context: Span; readonly span: Span },
): EpochMs | undefined {
  const series = seriesOf(facts, signal);
  const next = series?.ts.findIndex((ts) => ts >= span.from) ?? -1;
  const last = series?.ts[next - 1];
  if (last === undefined || last >= context.from) return undefined;
  return countsSince(rule, series?.values[next - 1], series?.values[next]) ? last : undefined;
}

/** Whether no state and no silence can have come and gone unseen in a stretch before the facts' span. */
export function statesKnownSince(machine: Machine, facts: MachineFacts, { from, to }: Span): boolean {
  if (machine.maxSilenceMs !== null && to - from > machine.maxSilenceMs) return false;
  return stateSignalsOf(machine).every((signal) => {
    const first = seriesOf(facts, signal)?.ts[0];
    return first === undefined || first >= to || first <= from;
  });
}
