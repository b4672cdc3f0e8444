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
import type { RememberedWork } from './remembered-work.ts';
import type { AccountedRow } from './rows.ts';
import { lookaheadMs } from './trust.ts';
import type { Begins, WorkRegister } from './work-register.ts';
import type { WorkShelf } from './work-shelf.ts';

/** Orders that are listed at once. */
export const MOST_ORDERS = 1000;
/** Planned orders that are looked at in one go. */
const PLANNED_AT_ONCE = 1000;

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
  /**
   * Orders that machines of a scope worked on in a span, or that are planned there, by name, with how they stand: the first
   * `limit` of those after a name.
   */
  orders(
    question: Span & {
      readonly scope: string;
      readonly asOf?: EpochMs;
      readonly order?: string;
      readonly after?: string;
      /** At most, and absent, {@link MOST_ORDERS}. */
      readonly limit?: number;
    },
  ): Promise<{ readonly asOf: EpochMs; readonly orders: readonly OrderStanding[]; readonly more: boolean }>;
}

export function createWorkDesk({
  store,
  members,
  marks,
  horizons,
  shelf,
  register,
  rememberedWork,
  rows,
  now,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly members: Members;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly shelf: WorkShelf;
  readonly register: WorkRegister;
  readonly rememberedWork: RememberedWork;
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
    async orders({ scope, from, to, order, after = '', limit = MOST_ORDERS, asOf = now() }) {
      const found = await members.inScope(scope);
      const planned =
        order === undefined
          ? plannedIn({ shelf, scope, from, to, after, most: limit + 1 })
          : shelf.entriesOf(order).slice(-1);
      const standing = await standingsOf({
        sources: { store, horizons, marks, rememberedWork },
        ...{ rows, members: found, scope, asOf, order, after, limit, planned },
        window: { from, to: Math.max(from, Math.min(to, asOf)) },
        entryOf: (name) => shelf.entriesOf(name).at(-1),
      });
      return { asOf, ...standing };
    },
  };
}

/**
 * The first of the orders after a name that are planned in a span and concern a scope; at least `most`, where there are as
 * many.
 */
function plannedIn({
  shelf,
  scope,
  after,
  most,
  ...span
}: Span & {
  readonly shelf: Pick<WorkShelf, 'planned'>;
  readonly scope: string;
  readonly after: string;
  readonly most: number;
}): readonly OrderEntry[] {
  const found: OrderEntry[] = [];
  for (let last = after; ; ) {
    const some = shelf.planned({ ...span, after: last, limit: PLANNED_AT_ONCE });
    found.push(...some.filter((entry) => concerns(entry.scope, scope)));
    if (some.length < PLANNED_AT_ONCE || found.length >= most) return found;
    last = some.at(-1)?.order ?? last;
  }
}

/** Whether what was said for one scope can matter in another: one holds the other. */
const concerns = (said: string, asked: string): boolean => matchesScope(asked, said) || inScope(said, asked);
