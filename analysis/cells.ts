import type { Site } from '../domain/plant.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Grain } from '../store/port.ts';
import type { Dimension } from './answers.ts';
import { type Cuts, cutsOf, firstIndexFrom, spanAt } from './cuts.ts';

/** A stretch of a site's time in which no dimension asked for changes: what one machine is accounted by. */
export interface CellSpan extends Span {
  /** Set where the span is a whole hour, shift or production day, as the recorder records them. */
  readonly grain: Grain | null;
  /** `day`, `shift` and `hour` of the key, where asked for. */
  readonly key: { readonly day?: string; readonly shift?: string | null; readonly hour?: string };
}

export type WholeCell = CellSpan & { readonly grain: Grain };

/**
 * Cuts a window into cells: along the dimensions asked for, then into the largest whole cells that fit (shift where
 * asked for, production day, local hour), then what is left over. A function of the calendar and the question alone, so
 * that a row's digest doesn't depend on what is recorded. An empty window gives one empty cell.
 * `zone` cuts hours and days in another zone than the site's.
 */
export function cutWindow({
  site,
  window,
  by,
  zone = site.zone,
}: {
  readonly site: Site;
  readonly window: Span;
  readonly by: readonly Dimension[];
  readonly zone?: string | undefined;
}): readonly CellSpan[] {
  const cuts = cutsOf(site, window, zone);
  const cells: CellSpan[] = [];
  const segments = segmentsOf(window, cuts, by);
  for (const segment of segments) {
    const key = keyAt(segment.from, cuts, by);
    for (const { from, to, grain } of by.includes('hour')
      ? wholeHour(segment, cuts)
      : fill(segment, cuts, by)) {
      cells.push({ from, to, grain, key });
    }
  }
  return cells;
}

/** A window's stretches in which no dimension asked for changes, each with its key. An empty window gives one empty stretch. */
export function keyedSpans({
  site,
  window,
  by,
  zone = site.zone,
}: Parameters<typeof cutWindow>[0]): readonly (Span & Pick<CellSpan, 'key'>)[] {
  const cuts = cutsOf(site, window, zone);
  return segmentsOf(window, cuts, by).map((segment) => ({ ...segment, key: keyAt(segment.from, cuts, by) }));
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

function segmentsOf(window: Span, cuts: Cuts, by: readonly Dimension[]): readonly Span[] {
  if (window.from >= window.to) return [window];
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
  return sorted.slice(1).map((to, index) => ({ from: sorted[index] as EpochMs, to }));
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
