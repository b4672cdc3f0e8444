import type { WorkedOn } from '../domain/orders/worked-on.ts';
import type { Site } from '../domain/plant.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Grain } from '../store/port.ts';
import type { Dimension } from './answers.ts';
import { type Cuts, cutsOf, firstIndexFrom, spanAt } from './cuts.ts';

/** A stretch of a site's time in which no dimension asked for changes: what one machine is accounted by. */
export interface CellSpan extends Span {
  /** Set where the span is a whole hour, shift or production day, as the recorder records them. */
  readonly grain: Grain | null;
  /** What of the key follows from time and work, where asked for. */
  readonly key: {
    readonly day?: string;
    readonly shift?: string | null;
    readonly hour?: string;
    readonly product?: string | null;
    readonly order?: string | null;
  };
}

/** No whole cell is longer: a production day of 25 hours, and a change of the day's begin. */
export const LONGEST_CELL_MS: DurationMs = 3 * 86_400_000;

export type WholeCell = CellSpan & { readonly grain: Grain };

/** How a window is cut. */
export interface Cutting {
  readonly site: Site;
  readonly window: Span;
  readonly by: readonly Dimension[];
  /** Cuts hours and days in another zone than the site's. */
  readonly zone?: string | undefined;
}

/** Whether a question's cells depend on what each machine worked on. */
export const byWork = (by: readonly Dimension[]): boolean => by.includes('product') || by.includes('order');

/**
 * Cuts a window into cells: along the dimensions asked for, in whichever zone, then into the largest whole cells of the
 * site that fit (shift where asked for, production day, hour), then what is left over. A function of the calendar, the question and, where
 * asked for, what the machine worked on, so that a row's digest doesn't depend on what is recorded. An empty window
 * gives one empty cell. The calendar is read once for any number of machines.
 */
export function windowCutter(cutting: Cutting): (work?: readonly WorkedOn[]) => readonly CellSpan[] {
  const { site, window, by, zone = site.zone } = cutting;
  const { cuts, segments } = segmentsOf(cutting);
  // Only the site's own are recorded, and stay when raw data is removed.
  const own = zone === site.zone ? cuts : cutsOf(site, window, site.zone);
  return (work) =>
    keyed(segments, cuts, by, work).flatMap(({ key, ...segment }) =>
      (by.includes('hour') ? wholeHour(segment, own) : fill(segment, own, by)).map(({ from, to, grain }) => ({
        from,
        to,
        grain,
        key,
      })),
    );
}

/** {@link windowCutter} for a question that doesn't depend on work. */
export const cutWindow = (cutting: Cutting): readonly CellSpan[] => windowCutter(cutting)();

type KeyedSpan = Span & Pick<CellSpan, 'key'>;

/** A window's stretches in which no dimension asked for changes, each with its key. An empty window gives one empty stretch. */
export function spanKeyer(cutting: Cutting): (work?: readonly WorkedOn[]) => readonly KeyedSpan[] {
  const { cuts, segments } = segmentsOf(cutting);
  return (work) => keyed(segments, cuts, cutting.by, work);
}

/** The whole hours, shifts and production days that lie in a span: what the recorder records. */
export function wholeCells(site: Site, span: Span): Record<Grain, readonly WholeCell[]> {
  const cuts = cutsOf(site, span, site.zone);
  const whole = (
    grain: Grain,
    spans: readonly (Span & { readonly day?: string; readonly shift?: string })[],
  ): readonly WholeCell[] =>
    spans
      .filter(({ from, to }) => from >= span.from && to <= span.to)
      .map(({ from, to, ...key }) => ({ from, to, grain, key }));
  return {
    hour: whole('hour', cuts.hours),
    shift: whole('shift', cuts.shifts),
    day: whole('day', cuts.days),
  };
}

/** The shift instance that runs at an instant, or the production day where none does. */
export function periodAt(
  site: Site,
  at: EpochMs,
): Span & { readonly day: string; readonly shift: string | null } {
  const cuts = cutsOf(site, { from: at, to: at + 1 }, site.zone);
  const day = spanAt(cuts.days, at);
  const shift = spanAt(cuts.shifts, at);
  const period = shift ?? day;
  return {
    from: period?.from ?? at,
    to: period?.to ?? at,
    day: day?.day ?? '',
    shift: shift?.shift ?? null,
  };
}

/** The stretches of a window in which the calendar's part of the key stays the same. */
function segmentsOf({ site, window, by, zone = site.zone }: Cutting): {
  readonly cuts: Cuts;
  readonly segments: readonly Span[];
} {
  const cuts = cutsOf(site, window, zone);
  if (window.from >= window.to) return { cuts, segments: [window] };
  const edges = new Set<EpochMs>([window.from, window.to]);
  const cutBy: readonly (readonly [Dimension, readonly Span[]])[] = [
    ['day', cuts.days],
    ['shift', cuts.shifts],
    ['hour', cuts.hours],
  ];
  for (const [dimension, spans] of cutBy) {
    if (!by.includes(dimension)) continue;
    for (const { from, to } of spans) {
      if (from > window.from && from < window.to) edges.add(from);
      if (to > window.from && to < window.to) edges.add(to);
    }
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const segments = sorted.slice(1).map((to, index) => ({ from: sorted[index] as EpochMs, to }));
  return { cuts, segments };
}

/** Segments with their keys, cut where the work changes. */
function keyed(
  segments: readonly Span[],
  cuts: Cuts,
  by: readonly Dimension[],
  work: readonly WorkedOn[] = [],
): readonly KeyedSpan[] {
  if (!byWork(by)) return segments.map((segment) => ({ ...segment, key: keyAt(segment.from, cuts, by) }));
  const stretches = keptApart(work, by);
  const spans: KeyedSpan[] = [];
  let next = 0;
  for (const segment of segments) {
    const key = keyAt(segment.from, cuts, by);
    while ((stretches[next]?.to ?? Number.POSITIVE_INFINITY) <= segment.from && stretches[next + 1]) next++;
    for (let from = segment.from, first = true; first || from < segment.to; first = false) {
      const { key: worked, to: until } = stretches[next] as KeyedSpan;
      const to = Math.min(until, segment.to);
      spans.push({ from, to, key: { ...key, ...worked } });
      from = to;
      if (to === until && to < segment.to) next++;
    }
  }
  return spans;
}

/** Work by what was asked of it: neighbours that differ in nothing asked for are one. */
export function keptApart(work: readonly WorkedOn[], by: readonly Dimension[]): readonly KeyedSpan[] {
  const stretches: { from: EpochMs; to: EpochMs; key: CellSpan['key'] }[] = [];
  for (const { from, to, order, product } of work) {
    const key = { ...(by.includes('product') && { product }), ...(by.includes('order') && { order }) };
    const last = stretches.at(-1);
    if (last && last.key.product === key.product && last.key.order === key.order) last.to = to;
    else stretches.push({ from, to, key });
  }
  return stretches;
}

type Filled = Span & { readonly grain: Grain | null };

function wholeHour(segment: Span, cuts: Cuts): readonly Filled[] {
  return [{ ...segment, grain: isOneOf(segment, cuts.hours) ? 'hour' : null }];
}

function fill(segment: Span, cuts: Cuts, by: readonly Dimension[]): readonly Filled[] {
  if (by.includes('shift') && isOneOf(segment, cuts.shifts)) return [{ ...segment, grain: 'shift' }];
  return fillWith(segment, cuts.days, 'day', (rest) =>
    fillWith(rest, cuts.hours, 'hour', (piece) => [{ ...piece, grain: null }]),
  );
}

/** The spans that lie wholly in the segment, and what `rest` makes of the gaps. */
function fillWith(
  segment: Span,
  spans: readonly Span[],
  grain: Grain,
  rest: (gap: Span) => readonly Filled[],
): readonly Filled[] {
  const filled: Filled[] = [];
  let reached = segment.from;
  for (let index = firstIndexFrom(spans, segment.from); index < spans.length; index++) {
    const { from, to } = spans[index] as Span;
    if (to > segment.to) break;
    if (from > reached) filled.push(...rest({ from: reached, to: from }));
    filled.push({ from, to, grain });
    reached = to;
  }
  if (reached < segment.to || reached === segment.from)
    filled.push(...rest({ from: reached, to: segment.to }));
  return filled;
}

function keyAt(at: EpochMs, cuts: Cuts, by: readonly Dimension[]): CellSpan['key'] {
  const hour = spanAt(cuts.hours, at);
  return {
    ...(by.includes('day') && { day: spanAt(cuts.days, at)?.day ?? '' }),
    ...(by.includes('shift') && { shift: spanAt(cuts.shifts, at)?.shift ?? null }),
    ...(by.includes('hour') && { hour: new Date(hour?.from ?? at).toISOString() }),
  };
}

const isOneOf = (span: Span, spans: readonly Span[]): boolean =>
  spanAt(spans, span.from)?.from === span.from && spanAt(spans, span.from)?.to === span.to;
