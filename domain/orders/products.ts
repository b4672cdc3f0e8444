import type { Entered } from '../entered.ts';
import type { MachineFacts, SeriesFacts } from '../facts.ts';
import type { SignalValue } from '../observation.ts';
import { seriesOf } from '../signals.ts';
import type { EpochMs } from '../time.ts';
import { namedBy } from './named-by.ts';

/** The product that an order makes from an instant on; `null`: from then on nobody says. */
export interface OrderProduct {
  readonly from: EpochMs;
  readonly product: string | null;
}

/**
 * What a machine makes: what its signal `product` says or, where that says nothing, the product that was entered for
 * the active order. The series as it was stored, where no order's product is known.
 */
export function productSeries(facts: MachineFacts, entered: Entered | undefined): SeriesFacts | undefined {
  const said = seriesOf(facts, 'product');
  const orders = seriesOf(facts, 'order');
  const { productsOf } = entered ?? {};
  if (!orders || !productsOf) return said;
  const versions = new Map(
    [...new Set(orders.values.map(namedBy))].flatMap((order) => {
      const known = order === null ? [] : productsOf(order);
      return known.length === 0 ? [] : [[order, known] as const];
    }),
  );
  if (versions.size === 0) return said;
  const changes = [...versions.values()].flatMap((known) => known.map(({ from }) => from));
  const first = Math.min(said?.ts[0] ?? Number.POSITIVE_INFINITY, orders.ts[0] as EpochMs);
  const at = [
    ...new Set([...(said?.ts ?? []), ...orders.ts, ...changes.filter((from) => from > first)]),
  ].sort((a, b) => a - b);
  let [nextSaid, nextOrder] = [0, 0];
  const ts: EpochMs[] = [];
  const values: SignalValue[] = [];
  for (const instant of at) {
    while ((said?.ts[nextSaid] ?? Number.POSITIVE_INFINITY) <= instant) nextSaid++;
    while ((orders.ts[nextOrder] ?? Number.POSITIVE_INFINITY) <= instant) nextOrder++;
    const own = namedBy(said?.values[nextSaid - 1]);
    const known = versions.get(namedBy(orders.values[nextOrder - 1]));
    const product = own ?? known?.findLast(({ from }) => from <= instant)?.product ?? '';
    if (values.at(-1) === product) continue;
    ts.push(instant);
    values.push(product);
  }
  return { signal: 'product', ts, values };
}
