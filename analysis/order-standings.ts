import type { Counts, LedgerFlag } from '../domain/ledger-row.ts';
import { compareNames } from '../domain/orders/compare-names.ts';
import type { OrderEntry } from '../domain/orders/entry.ts';
import type { WorkedOn } from '../domain/orders/worked-on.ts';
import { type MachinePath, matchesScope } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Member } from './members.ts';
import { toldOf } from './order-told.ts';
import { ordersWorked, type WorkSources } from './orders-worked.ts';
import type { RowsQuestion } from './questions.ts';
import type { AccountedRow } from './rows.ts';

const DAY_MS: DurationMs = 86_400_000;
/** An order that began longer before the span is shown from here on, and says so. */
const LOOK_BACK_MS: DurationMs = 31 * DAY_MS;
/** So many are accounted at a time, so that others have their turn in between. */
const MACHINES_AT_ONCE = 256;

/** What one machine made of an order. */
export interface OrderAtMachine {
  readonly machine: MachinePath;
  readonly start: EpochMs;
  /** `null`: the machine still works on it. */
  readonly end: EpochMs | null;
  readonly products: readonly string[];
  readonly counts: Counts;
  readonly runningMs: DurationMs;
  /** Its pieces are the order's. */
  readonly counted: boolean;
  /** What its row of the ledger has to say: that it can't be verified any longer, above all, where raw data is removed. */
  readonly flags: readonly LedgerFlag[];
  readonly revision: number;
  readonly digest: string;
}

/** How an order stands. */
export interface OrderStanding {
  readonly order: string;
  /** What was entered last; `null`: it is known from the machines alone. */
  readonly entry: OrderEntry | null;
  /** Pieces; entered or, else, told by the machines last; `null`: nobody said. */
  readonly plannedQuantity: number | null;
  readonly plannedScrap: number | null;
  /** When the first machine began; `null`: none has. */
  readonly start: EpochMs | null;
  /** When the last machine ended; `null`: it hasn't begun, or goes on. */
  readonly end: EpochMs | null;
  /** It began earlier than was looked: pieces before `start` are missing. */
  readonly startedBefore: boolean;
  readonly machines: readonly OrderAtMachine[];
  /** Of the machines that are counted. */
  readonly counts: Counts;
}

/**
 * How the orders of a window stand, by name: those that machines worked on, and those planned that nobody has begun. An
 * order is looked at as a whole, from its begin up to the window's end. Of the orders after a name the first `limit` are
 * accounted alone.
 */
export async function standingsOf({
  sources,
  rows,
  members,
  scope,
  window,
  asOf,
  order: only,
  after,
  limit,
  planned,
  entryOf,
}: {
  readonly sources: WorkSources;
  readonly rows: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
  readonly members: readonly Member[];
  readonly scope: string;
  readonly window: Span;
  readonly asOf: EpochMs;
  /** Present: of this order alone. */
  readonly order: string | undefined;
  /** Empty: from the first. */
  readonly after: string;
  readonly limit: number;
  /** By name, as many after `after` as matter. */
  readonly planned: readonly OrderEntry[];
  readonly entryOf: (order: string) => OrderEntry | undefined;
}): Promise<{ readonly orders: readonly OrderStanding[]; readonly more: boolean }> {
  const wide = { from: window.from - (only === undefined ? LOOK_BACK_MS : 0), to: window.to };
  const worked = await ordersWorked({ sources, members, window: wide, asOf });
  const workOf = (member: Member) => worked(member).work;
  const runs = new Map<string, Map<MachinePath, Run>>();
  for (const member of members) {
    for (const stretch of workOf(member)) {
      if (stretch.order === null || (only !== undefined && stretch.order !== only)) continue;
      addTo(runs, member.machine.path, { ...stretch, order: stretch.order });
    }
  }
  for (const [order, own] of runs) {
    if (![...own.values()].some(({ to }) => to > window.from)) runs.delete(order);
  }
  const all = [...new Set([...runs.keys(), ...planned.map(({ order }) => order)])];
  const left = all.filter((order) => compareNames(order, after) > 0).sort(compareNames);
  const names = new Set(left.slice(0, limit));
  const workers = new Set([...names].flatMap((order) => [...(runs.get(order)?.keys() ?? [])]));
  const busy = members.filter(({ machine }) => workers.has(machine.path));
  const beganIn = (some: readonly Member[]): EpochMs =>
    Math.min(...some.flatMap(({ machine: { path } }) => beganAt(runs, names, path)));
  const asked = { workOf, names };
  const told = toldOf({
    horizons: sources.horizons,
    members: busy,
    span: { ...wide, from: beganIn(busy) },
    ...{ worked, names },
  });
  const made = new Map<string, AccountedRow['row']>();
  for (let first = 0; first < busy.length; first += MACHINES_AT_ONCE) {
    const some = busy.slice(first, first + MACHINES_AT_ONCE);
    const span = { from: beganIn(some), to: wide.to };
    const question = { ...span, scope, by: ['machine', 'order'] as const, asOf, orders: asked };
    for (const { row } of await rows({ ...question, members: some })) {
      made.set(`${row.key.order}\n${row.key.machine}`, row);
    }
  }
  const orders = [...names].map((order) => {
    const entry = entryOf(order) ?? null;
    const own = [...(runs.get(order) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    const machines = own.map(([machine, run]): OrderAtMachine => {
      const row = made.get(`${order}\n${machine}`) as AccountedRow['row'];
      return {
        machine,
        start: run.from,
        end: run.to < wide.to ? run.to : null,
        products: [...run.products].sort(),
        counts: row.counts,
        runningMs: row.ms.running,
        counted: matchesScope(machine, entry?.countedAt ?? ''),
        flags: row.flags,
        revision: row.revision,
        digest: row.digest,
      };
    });
    const ends = machines.map(({ end }) => end);
    return {
      order,
      entry,
      plannedQuantity: entry?.plannedQuantity ?? told.get(order)?.orderQuantity ?? null,
      plannedScrap: entry?.plannedScrap ?? told.get(order)?.orderScrap ?? null,
      start: machines.length === 0 ? null : Math.min(...machines.map(({ start }) => start)),
      end: machines.length === 0 || ends.includes(null) ? null : Math.max(...(ends as EpochMs[])),
      startedBefore: machines.some(({ start }) => start <= wide.from),
      machines,
      counts: addCounts(machines.filter(({ counted }) => counted).map(({ counts }) => counts)),
    };
  });
  return { orders, more: left.length > limit };
}

interface Run {
  readonly from: EpochMs;
  to: EpochMs;
  readonly products: Set<string>;
}

function addTo(
  runs: Map<string, Map<MachinePath, Run>>,
  machine: MachinePath,
  { order, product, from, to }: WorkedOn & { readonly order: string },
): void {
  const own = runs.getOrInsertComputed(order, () => new Map<MachinePath, Run>());
  const run = own.getOrInsertComputed(machine, () => ({ from, to, products: new Set<string>() }));
  run.to = to;
  if (product !== null) run.products.add(product);
}

/** When a machine began with each of the orders named that it worked on. */
const beganAt = (
  runs: ReadonlyMap<string, ReadonlyMap<MachinePath, Run>>,
  names: ReadonlySet<string>,
  machine: MachinePath,
): readonly EpochMs[] => [...names].flatMap((order) => runs.get(order)?.get(machine)?.from ?? []);

function addCounts(all: readonly Counts[]): Counts {
  const sum = { produced: 0, good: 0, reject: 0, duringUnknown: 0, extra: 0 };
  for (const counts of all)
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += counts[name];
  return sum;
}
