import type { Entered } from '../entered.ts';
import type { MachineFacts, SeriesFacts } from '../facts.ts';
import { seriesOf } from '../signals.ts';
import type { EpochMs, Span } from '../time.ts';
import { namedBy } from './named-by.ts';
import { productSeries } from './products.ts';

/** The signals that tell what a machine works on. */
export const WORK_SIGNALS = ['order', 'product'] as const;

/** A stretch of a machine's time in which its order and its product stay the same; `null`: none. */
export interface WorkedOn extends Span {
  readonly order: string | null;
  readonly product: string | null;
}

/**
 * What a machine works on in a span, stretch after stretch, from the last values before it. Without a gap; an empty span
 * gives one empty stretch. A value said again changes nothing.
 */
export function workedOn(facts: MachineFacts, { from, to }: Span, entered?: Entered): readonly WorkedOn[] {
  const orders = reader(seriesOf(facts, 'order'));
  const products = reader(productSeries(facts, entered));
  const stretches: WorkedOn[] = [];
  let begin = from;
  let order = orders.at(from);
  let product = products.at(from);
  for (;;) {
    const next = Math.min(orders.until(), products.until());
    if (next >= to) break;
    const [nextOrder, nextProduct] = [orders.at(next), products.at(next)];
    if (nextOrder === order && nextProduct === product) continue;
    stretches.push({ from: begin, to: next, order, product });
    [begin, order, product] = [next, nextOrder, nextProduct];
  }
  stretches.push({ from: begin, to, order, product });
  return stretches;
}

/** Reads a series at ascending instants. */
function reader(series: SeriesFacts | undefined) {
  let next = 0;
  const until = (): EpochMs => series?.ts[next] ?? Number.POSITIVE_INFINITY;
  return {
    /** When the value that was read last ends. */
    until,
    at(instant: EpochMs): string | null {
      while (until() <= instant) next++;
      return namedBy(series?.values[next - 1]);
    },
  };
}
