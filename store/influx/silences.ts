import type { Silence } from '../../domain/facts.ts';
import type { DurationMs, EpochMs, Span } from '../../domain/time.ts';
import { BY_MACHINE, identifier, instantOf, where } from './influxql.ts';
import { HEARD } from './names.ts';

/** When a machine was heard around and in a span. */
export interface Heard {
  /** Last before the span. */
  before?: EpochMs;
  /** First and last in the span. */
  first?: EpochMs;
  last?: EpochMs;
  /** Neighbouring instants in the span that are far apart, ascending. */
  readonly gaps: { readonly from: EpochMs; readonly to: EpochMs }[];
}

/** The roles of the statements of {@link heardStatements}, in their order. */
export const HEARD_ROLES = ['before', 'first', 'last', 'gaps'] as const;

/**
 * Statements that find when machines were heard without fetching every point: the ends by selector, the gaps by
 * `elapsed()` over the heard marks, filtered in the store. Exact to the millisecond.
 */
export function heardStatements(machines: string, span: Span, silenceMs: DurationMs): readonly string[] {
  const mark = identifier(HEARD);
  const inSpan = where(machines, `time >= ${instantOf(span.from)}`, `time < ${instantOf(span.to)}`);
  // No gap in a span is longer than the span: every point would be looked at for nothing.
  const gaps =
    span.to - span.from <= silenceMs
      ? []
      : [
          `SELECT "gap" FROM (SELECT elapsed(${mark}, 1ms) AS "gap" FROM "signals" ${inSpan} ${BY_MACHINE}) WHERE "gap" > ${silenceMs} ${BY_MACHINE}`,
        ];
  return [
    `SELECT last(${mark}) FROM "signals" ${where(machines, `time < ${instantOf(span.from)}`)} ${BY_MACHINE}`,
    `SELECT first(${mark}) FROM "signals" ${inSpan} ${BY_MACHINE}`,
    `SELECT last(${mark}) FROM "signals" ${inSpan} ${BY_MACHINE}`,
    ...gaps,
  ];
}

/** The silences longer than `silenceMs` that touch the span, ascending. */
export function silencesOf(heard: Heard, span: Span, silenceMs: DurationMs): readonly Silence[] {
  const { before, first, last, gaps } = heard;
  const silences: Silence[] = [];
  if (first !== undefined && first > span.from && (before === undefined || first - before > silenceMs))
    silences.push({ lastHeard: before ?? null, nextHeard: first });
  for (const { from, to } of gaps)
    if (to - from > silenceMs) silences.push({ lastHeard: from, nextHeard: to });
  const end = last ?? before;
  if (end === undefined || span.to - end > silenceMs)
    silences.push({ lastHeard: end ?? null, nextHeard: null });
  return silences;
}
