import type { NewOrderEntry, NewProductEntry, OrderEntry, ProductEntry } from '../domain/orders/entry.ts';
import { inScope, matchesScope } from '../domain/path.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { firstHeard } from './first-heard.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Members } from './members.ts';
import { type OrderStanding, standingsOf } from './order-standings.ts';
import type { RowsQuestion } from './questions.ts';
import type { RawHorizons } from './raw-horizon.ts';
import type { AccountedRow } from './rows.ts';
import { lookaheadMs } from './trust.ts';
import type { Begins, WorkRegister } from './work-register.ts';
import type { WorkShelf } from './work-shelf.ts';

/** Orders that are listed at once. */
export const MOST_ORDERS = 1000;

type Said = 'id' | 'enteredAt';

/** Orders and products: what is entered about them, and how orders stand. */
export interface WorkDesk {
  /** Every ideal cycle that was entered for machines of a scope or for what holds it, in order of entry. */
  products(question: { readonly scope: string }): readonly ProductEntry[];
  /** `from` absent: from now on. Never changes what was entered before. */
  enterProduct(
    entry: Omit<NewProductEntry, Said | 'from'> & { readonly from?: EpochMs },
  ): Promise<ProductEntry>;
  enterOrder(entry: Omit<NewOrderEntry, Said | 'from'> & { readonly from?: EpochMs }): Promise<OrderEntry>;
  /** What was said of an order, in order of entry. */
  orderEntries(order: string): readonly OrderEntry[];
  /** Orders that machines of a scope worked on in a span, or that are planned there, with how they stand. */
  orders(
    question: Span & { readonly scope: string; readonly asOf?: EpochMs; readonly order?: string },
  ): Promise<{ readonly asOf: EpochMs; readonly orders: readonly OrderStanding[]; readonly more: boolean }>;
}

export function createWorkDesk({
  store,
  members,
  marks,
  horizons,
  shelf,
  register,
  rows,
  now,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly members: Members;
  readonly marks: Pick<LedgerMarks, 'standings'>;
  readonly horizons: RawHorizons;
  readonly shelf: WorkShelf;
  readonly register: WorkRegister;
  readonly rows: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
  readonly now: () => EpochMs;
}): WorkDesk {
  /** A change of the past needs to know where the past of each machine begins that it can touch. */
  const beginsOf = async (from: EpochMs, scopes: readonly string[]): Promise<Begins> => {
    const machines = [...marks.standings()]
      .filter(([path, { until }]) => until > from && scopes.some((scope) => matchesScope(path, scope)))
      .map(([path]) => path);
    const first = await firstHeard({ store, machines, horizons, until: now() });
    return (path) => (first.get(path) ?? Number.NEGATIVE_INFINITY) + lookaheadMs(members.at(path).machine);
  };
  return {
    products: ({ scope }) => shelf.products().filter((entry) => concerns(entry.scope, scope)),
    async enterProduct({ from = now(), ...entry }) {
      const begins = await beginsOf(from, [entry.scope]);
      return register.addProduct({ ...entry, from, enteredAt: now() }, begins);
    },
    async enterOrder({ from = now(), ...entry }) {
      const before = shelf.entriesOf(entry.order).map(({ scope }) => scope);
      const begins = await beginsOf(from, [entry.scope, ...before]);
      return register.addOrder({ ...entry, from, enteredAt: now() }, begins);
    },
    orderEntries: (order) => shelf.entriesOf(order),
    async orders({ scope, from, to, order, asOf = now() }) {
      const found = await members.inScope(scope);
      const limit = MOST_ORDERS + 1;
      const planned =
        order === undefined
          ? shelf.planned({ from, to, limit }).filter((entry) => concerns(entry.scope, scope))
          : shelf.entriesOf(order).slice(-1);
      const all = await standingsOf({
        ...{ store, rows, members: found, scope, asOf, order, planned },
        window: { from, to: Math.max(from, Math.min(to, asOf)) },
        entryOf: (name) => shelf.entriesOf(name).at(-1),
      });
      return { asOf, orders: all.slice(0, MOST_ORDERS), more: all.length > MOST_ORDERS };
    },
  };
}

/** Whether what was said for one scope can matter in another: one holds the other. */
const concerns = (said: string, asked: string): boolean => matchesScope(asked, said) || inScope(said, asked);
