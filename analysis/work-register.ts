import type { Entered } from '../domain/entered.ts';
import type { CycleVersion } from '../domain/orders/cycles.ts';
import type { NewOrderEntry, NewProductEntry, OrderEntry, ProductEntry } from '../domain/orders/entry.ts';
import { type MachinePath, matchesScope } from '../domain/path.ts';
import type { EpochMs } from '../domain/time.ts';
import type { LedgerMark, LedgerMarks } from './ledger-marks.ts';
import type { WorkShelf } from './work-shelf.ts';

/** Orders that are looked up are kept in memory until a new one is entered; no more than this. */
const MOST_KEPT = 50_000;

/** What was entered about work, as ledgers read it. */
export interface WorkRegister {
  cyclesOf(machine: MachinePath): readonly CycleVersion[];
  /** `undefined`: no order was ever entered. */
  productsOf(machine: MachinePath): Entered['productsOf'];
  /** Enters an ideal cycle and marks what is recorded, or was answered, of the machines in its scope from then on. */
  addProduct(entry: NewProductEntry, begins: Begins): ProductEntry;
  addOrder(entry: NewOrderEntry, begins: Begins): OrderEntry;
}

/** From when on cells of a machine can hold anything; a mark reaches no further back. */
export type Begins = (machine: MachinePath) => EpochMs;

export function createWorkRegister({
  shelf,
  marks,
}: {
  readonly shelf: WorkShelf;
  readonly marks: LedgerMarks;
}): WorkRegister {
  let kept = { product: -1, order: -1 };
  let products: readonly ProductEntry[] = [];
  const cycles = new Map<MachinePath, readonly CycleVersion[]>();
  const orders = new Map<string, readonly OrderEntry[]>();

  /** Another process may have entered something meanwhile. */
  const refresh = (): void => {
    const newest = shelf.newest();
    if (newest.product !== kept.product) {
      products = shelf.products();
      cycles.clear();
    }
    if (newest.order !== kept.order || orders.size > MOST_KEPT) orders.clear();
    kept = newest;
  };
  const markFrom = (
    { from, cause }: Required<Pick<LedgerMark, 'from' | 'cause'>>,
    isTouched: (machine: MachinePath) => boolean,
    begins: Begins,
  ): void => {
    const isReached = ([path, until]: readonly [MachinePath, EpochMs]) => until > from && isTouched(path);
    const recorded = [...marks.standings()]
      .map(([path, { until }]) => [path, until] as const)
      .filter(isReached)
      .map(([machine, to]) => ({ machine, cause, from: Math.max(from, begins(machine)), to }));
    const whole = new Set(recorded.filter((mark) => mark.from === from).map(({ machine }) => machine));
    // What was only answered isn't to be recorded anew, but its next revision needs the cause.
    const answered = [...marks.answered()]
      .filter((one) => isReached(one) && !whole.has(one[0]))
      .map(([machine, to]) => ({ machine, cause, from, to, saysOnly: true }));
    marks.mark([...recorded, ...answered]);
  };

  return {
    cyclesOf(machine) {
      refresh();
      return cycles.getOrInsertComputed(machine, () =>
        products
          .filter(({ scope }) => matchesScope(machine, scope))
          .map(({ product, from, cycleUs, scope }) => ({
            ...{ product, from, cycleUs },
            levels: scope === '' ? 0 : scope.split('/').length,
          })),
      );
    },
    productsOf(machine) {
      refresh();
      if (kept.order === 0) return undefined;
      return (order) => {
        const entries = orders.getOrInsertComputed(order, () => shelf.entriesOf(order));
        if (!entries.some(({ scope }) => matchesScope(machine, scope))) return [];
        return inForce(entries).map(({ from, product, scope }) => ({
          from,
          product: matchesScope(machine, scope) ? product : null,
        }));
      };
    },
    addProduct: (entry, begins) =>
      shelf.addProduct(entry, () =>
        markFrom({ from: entry.from, cause: 'cycle' }, (path) => matchesScope(path, entry.scope), begins),
      ),
    addOrder: (entry, begins) =>
      shelf.addOrder(entry, () => {
        // Where it was to be made before, its product doesn't count any more.
        const scopes = [...new Set([entry, ...shelf.entriesOf(entry.order)].map(({ scope }) => scope))];
        const isTouched = (path: MachinePath) => scopes.some((scope) => matchesScope(path, scope));
        markFrom({ from: entry.from, cause: 'order' }, isTouched, begins);
      }),
  };
}

/**
 * What was said of an order, ascending by when it holds; of what was said for one instant the last. What was entered later
 * overrules everything that holds later than it: whoever corrects an order's past means its future too.
 */
function inForce(entries: readonly OrderEntry[]): readonly OrderEntry[] {
  const standing: OrderEntry[] = [];
  for (const entry of entries) {
    while ((standing.at(-1)?.from ?? Number.NEGATIVE_INFINITY) >= entry.from) standing.pop();
    standing.push(entry);
  }
  return standing;
}
