import type { WorkedOn } from '../domain/orders/worked-on.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Dimension } from './answers.ts';
import { keptApart } from './cells.ts';
import { type Cuts, spanAt } from './cuts.ts';

const BY_WORK: readonly (readonly Dimension[])[] = [['product'], ['order'], ['product', 'order']];

/**
 * Every part of an hour, or of two, that a question about whole hours, shifts or days can cut a machine's time into, by
 * whatever it groups: at the changes of product, of order, of both or of neither, with and without the borders of shifts and
 * days. Those that begin in a span, ascending, each once. `work` goes on to the end of the hour after the span.
 */
export function hourParts(cuts: Cuts, span: Span, work: readonly WorkedOn[]): readonly Span[] {
  const [shifts, days] = [bordersIn(cuts, cuts.shifts), bordersIn(cuts, cuts.days)];
  const calendars = [[], ...[shifts, days, [...shifts, ...days]].filter(({ length }) => length > 0)];
  const changes = [
    [],
    ...BY_WORK.map((by) =>
      keptApart(work, by)
        .slice(1)
        .map(({ from }) => from),
    ),
  ];
  const parts = new Map<string, Span>();
  for (const changed of changes) {
    for (const calendar of calendars) {
      const edges = [...new Set([...changed, ...calendar])].sort((a, b) => a - b);
      for (const [place, edge] of [...edges, undefined].entries()) {
        for (const part of partsBetween(cuts.hours, edges[place - 1], edge))
          if (part.from >= span.from && part.from < span.to) parts.set(`${part.from} ${part.to}`, part);
      }
    }
  }
  return [...parts.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

/** The borders that lie within an hour; the others are cut by the hours anyway. */
const bordersIn = ({ hours }: Cuts, spans: readonly Span[]): readonly EpochMs[] =>
  spans.flatMap(({ from, to }) => [from, to]).filter((at) => (spanAt(hours, at)?.from ?? at) !== at);

/** What whole hours leave over of a stretch, hour by hour; where none fits, also as one. An end that is left out lies far away. */
function* partsBetween(
  hours: readonly Span[],
  from: EpochMs | undefined,
  to: EpochMs | undefined,
): Generator<Span> {
  const first = from === undefined ? undefined : spanAt(hours, from);
  const last = to === undefined ? undefined : spanAt(hours, to - 1);
  if (from !== undefined && to !== undefined && first && first === last) {
    if (first.from < from || to < first.to) yield { from, to };
    return;
  }
  const head = first && from !== undefined && first.from < from;
  const tail = last && to !== undefined && to < last.to;
  if (head) yield { from, to: first.to };
  if (tail) yield { from: last.from, to };
  if (head && tail && first.to === last.from) yield { from, to };
}
