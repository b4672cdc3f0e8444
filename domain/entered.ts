import type { Edit } from './annotations/edit.ts';
import type { CycleVersion } from './orders/cycles.ts';
import type { OrderProduct } from './orders/products.ts';

/**
 * What people and other systems entered about a machine, beside what it reported itself. Never overwritten: every entry
 * holds from an instant on. What isn't there was never entered.
 */
export interface Entered {
  /** Ideal cycles, beside those configured; of two for one scope, product and instant the later counts. */
  readonly cycles?: readonly CycleVersion[];
  /** Which product an order makes on this machine, from when on, ascending; empty: nobody said. A pure look-up. */
  readonly productsOf?: (order: string) => readonly OrderProduct[];
  /** The edits of its stops that touch the time in question, and those that take them back. */
  readonly edits?: readonly Edit[];
}
