import { type Annotated, annotatedStretches, meansState } from './annotations/stretches.ts';
import { type ClassPiece, isSameSaid, type Said } from './class-pieces.ts';
import { DEFAULT_REASON_TREE } from './default-reason-tree.ts';
import type { Entered } from './entered.ts';
import type { MachineFacts } from './facts.ts';
import type { Meaning, StateInterval } from './meaning.ts';
import type { Machine } from './plant.ts';
import type { ReasonTree } from './reason-tree.ts';
import { stateTape } from './state-tape.ts';
import { type EpochMs, intersect, type Span } from './time.ts';

export type { IntervalSource, StateInterval } from './meaning.ts';

export interface TimelineInterval extends StateInterval {
  /** Absent: nothing was entered that counts there. */
  readonly annotation?: Said;
}

/**
 * What a machine's stored facts say of its states: contiguous intervals that cover the span exactly, neighbours
 * differing in state, word, reason, source or annotation. The facts hold {@link signalsOf} over at least the span; the span's end is
 * not later than `asOf`.
 */
export function timeline({
  machine,
  facts,
  span,
  asOf = span.to,
  entered,
  tree = DEFAULT_REASON_TREE,
}: {
  readonly machine: Machine;
  readonly facts: MachineFacts;
  readonly span: Span;
  /** What is known later still decides derived states of the span. */
  readonly asOf?: EpochMs;
  readonly entered?: Entered | undefined;
  /** The site's reasons. */
  readonly tree?: ReasonTree | undefined;
}): TimelineInterval[] {
  const { at, meanings } = stateTape({ machine, facts, until: asOf, reasons: true });
  const edits = entered?.edits ?? [];
  const annotated = annotatedStretches({ edits, tape: { at, meanings }, tree, asOf });
  const intervals: StateInterval[] = [];
  for (let index = 0; index < at.length; index++) {
    const from = Math.max(at[index] as EpochMs, span.from);
    const to = Math.min(at[index + 1] ?? span.to, span.to);
    if (from >= to) continue;
    const { state, raw, reason, source } = meanings[index] as Meaning;
    const last = intervals.at(-1);
    if (
      last &&
      last.state === state &&
      last.raw === raw &&
      last.reason === reason &&
      last.source === source
    ) {
      intervals[intervals.length - 1] = { ...last, to };
    } else {
      intervals.push({ from, to, state, raw, reason, source });
    }
  }
  return annotated.length === 0 ? intervals : intervals.flatMap((interval) => parted(interval, annotated));
}

/** An interval cut where what was entered begins and ends. */
function parted(interval: StateInterval, annotated: readonly Annotated[]): TimelineInterval[] {
  const parts: TimelineInterval[] = [];
  let reached = interval.from;
  for (const one of annotated) {
    const common = intersect(one, interval);
    if (!common || !meansState(one, interval.state)) continue;
    if (common.from > reached) parts.push({ ...interval, from: reached, to: common.from });
    const { reason, class: entered, edits } = one;
    parts.push({ ...interval, ...common, annotation: { reason, class: entered, edits } });
    reached = common.to;
  }
  if (reached < interval.to) parts.push({ ...interval, from: reached });
  return parts;
}

/** A piece of a machine's time as its timeline shows it. */
export function intervalOf({ from, to, meaning, said }: ClassPiece): TimelineInterval {
  const { state, raw, reason, source } = meaning;
  return { from, to, state, raw, reason, source, ...(said && { annotation: said }) };
}

/** Intervals that follow one another, as `timeline` gives them: those that say the same are one. */
export function contiguous(intervals: readonly TimelineInterval[]): readonly TimelineInterval[] {
  const joined: TimelineInterval[] = [];
  for (const one of intervals) {
    const last = joined.at(-1);
    if (last && saysTheSame(last, one)) joined[joined.length - 1] = { ...last, to: one.to };
    else joined.push(one);
  }
  return joined;
}

const saysTheSame = (a: TimelineInterval, b: TimelineInterval): boolean =>
  a.state === b.state &&
  a.raw === b.raw &&
  a.reason === b.reason &&
  a.source === b.source &&
  isSameSaid(a.annotation ?? null, b.annotation ?? null);
