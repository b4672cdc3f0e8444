import { compareNames } from '../domain/orders/compare-names.ts';
import type { NewOrderEntry, NewProductEntry, OrderEntry, ProductEntry } from '../domain/orders/entry.ts';
import type { EpochMs } from '../domain/time.ts';

/** Where orders and ideal cycles rest that were entered; only ever added to. Every method is synchronous, and durable on return. */
export interface WorkShelf {
  /** In order of entry. */
  products(): readonly ProductEntry[];
  /** The newest ids: whoever keeps something in memory looks here whether it still holds. */
  newest(): { readonly product: number; readonly order: number };
  /** `alongside` writes in the same transaction. */
  addProduct(entry: NewProductEntry, alongside: () => void): ProductEntry;
  /** What was said of an order, in order of entry. */
  entriesOf(order: string): readonly OrderEntry[];
  /** Orders that are planned in a span as they stand, by name: of those after one at most `limit`. */
  planned(query: {
    readonly from: EpochMs;
    readonly to: EpochMs;
    readonly after: string;
    readonly limit: number;
  }): readonly OrderEntry[];
  addOrder(entry: NewOrderEntry, alongside: () => void): OrderEntry;
}

/** For a single process that forgets with its end. */
export function createWorkShelf(): WorkShelf {
  const products: ProductEntry[] = [];
  const orders: OrderEntry[] = [];
  const add = <E extends { readonly id: number }>(
    list: E[],
    entry: Omit<E, 'id'>,
    alongside: () => void,
  ): E => {
    const added = { id: list.length + 1, ...entry } as E;
    list.push(added);
    alongside();
    return added;
  };
  return {
    products: () => [...products],
    newest: () => ({ product: products.length, order: orders.length }),
    addProduct: (entry, alongside) => add(products, entry, alongside),
    entriesOf: (order) => orders.filter((entry) => entry.order === order),
    planned: ({ from, to, after, limit }) =>
      [...new Map(orders.map((entry) => [entry.order, entry])).values()]
        .filter(({ order, plannedStart: start, plannedEnd: end }) => {
          return compareNames(order, after) > 0 && start !== null && start < to && (end ?? start + 1) > from;
        })
        .sort((a, b) => compareNames(a.order, b.order))
        .slice(0, limit),
    addOrder: (entry, alongside) => add(orders, entry, alongside),
  };
}
