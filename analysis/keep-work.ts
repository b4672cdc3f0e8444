import { ORDER_SIGNALS, type ToldRun, toldRuns } from '../domain/orders/told.ts';
import { WORK_SIGNALS, type WorkedOn, workedOn } from '../domain/orders/worked-on.ts';
import type { MachinePath } from '../domain/path.ts';
import type { Site } from '../domain/plant.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { accountCells, type CellTask } from './account.ts';
import { accounted } from './accounted.ts';
import { type Cuts, cutsOf } from './cuts.ts';
import { hourParts } from './hour-parts.ts';
import { keptText } from './kept-cell.ts';
import type { KeptDays, KeptShelf } from './kept-shelf.ts';
import {
  changesIn,
  daysOf,
  hourEnd,
  keptWork,
  partsIn,
  toldIn,
  utcDayOf,
  type WorkChange,
} from './kept-work.ts';
import type { Members } from './members.ts';
import { type Open, openOf, runsOf } from './open-work.ts';
import { type RawHorizon, type RawHorizons, withoutStatesBefore } from './raw-horizon.ts';

/** So many machines are held at once. */
const MACHINES_AT_ONCE = 32;

interface Keeping {
  /** Its facts begin at the horizons as they stand. */
  readonly store: Pick<Store, 'facts'>;
  readonly members: Pick<Members, 'at'>;
  readonly horizons: RawHorizons;
  readonly asOf: EpochMs;
  readonly signal: AbortSignal | undefined;
}

/**
 * Keeps what rows by product and by order are made of before raw data goes: what each machine worked on, what it told of its
 * orders, and the parts of hours that no cell is recorded of. Gives the horizons back with up to where that is kept; once they
 * are put, it counts.
 */
export async function keepWork({
  moved,
  ...keeping
}: Keeping & { readonly moved: readonly RawHorizon[] }): Promise<readonly RawHorizon[]> {
  const open = openOf(moved, keeping);
  for (let first = 0; first < open.length; first += MACHINES_AT_ONCE) {
    const steps = open.slice(first, first + MACHINES_AT_ONCE).map(runsOf);
    for (let step = 0; steps.some((runs) => step < runs.length); step++) {
      keeping.signal?.throwIfAborted();
      await keepRuns(
        steps.flatMap((runs) => runs[step] ?? []),
        keeping,
      );
    }
  }
  const untils = new Map(open.map(({ member, to }) => [member.machine.path, to]));
  return moved.map((horizon) => ({
    ...horizon,
    workedUntil: untils.get(horizon.machine) ?? horizon.workedUntil,
  }));
}

/** What was found of a machine. */
interface Found extends Open {
  readonly work: readonly WorkedOn[];
  readonly told: readonly ToldRun[];
  /** As text, with their begin. */
  readonly parts: (readonly [EpochMs, string])[];
}

/** Keeps a part of an hour beside what else was found of its machine. */
const keepIn =
  ({ member, parts }: Found): CellTask['put'] =>
  (_, result) => {
    const text = keptText({ ...accounted(member.machine, result), to: result.to });
    parts.push([result.from, text]);
  };

async function keepRuns(runs: readonly Open[], { store, horizons, asOf, signal }: Keeping): Promise<void> {
  const byPath = new Map(runs.map((run) => [run.member.machine.path, run]));
  const machines = [...byPath.keys()].map((path) => ({
    path,
    signals: [...WORK_SIGNALS, ...ORDER_SIGNALS],
    silenceMs: null,
  }));
  const span = {
    from: Math.min(...runs.map(({ from }) => from)),
    to: Math.max(...runs.map(({ member, to }) => hourEnd(member.site, to + 1))),
  };
  const cuts = new Map<Site, Cuts>();
  const found: Found[] = [];
  const tasks: CellTask[] = [];
  /** Of time whose facts an older version removed. */
  const left: CellTask[] = [];
  for await (const facts of store.facts({ ...span, machines, inAnyOrder: true })) {
    const open = byPath.get(facts.machine) as Open;
    const { member, from, to, partsFrom, leftUntil } = open;
    const { site } = member;
    // A part that begins in the last hour can end in the next.
    const reach = { from, to: hourEnd(site, to + 1) };
    const work = workedOn(facts, reach, member.entered?.(reach));
    const within = work.flatMap((one): readonly WorkedOn[] =>
      one.from < to ? [{ ...one, to: Math.min(one.to, to) }] : [],
    );
    const own: Found = { ...open, work: within, told: toldRuns(facts, within), parts: [] };
    found.push(own);
    const ownCuts = cuts.getOrInsertComputed(site, () => cutsOf(site, span, site.zone));
    const cells = hourParts(ownCuts, { from: Math.max(from, partsFrom), to }, work);
    const put = keepIn(own);
    const byFacts = Map.groupBy(cells, (cell) => (cell.from < leftUntil ? left : tasks));
    for (const [some, ofThese] of byFacts) some.push({ member, cells: ofThese, put });
  }
  const afterEach = (): undefined => {
    signal?.throwIfAborted();
  };
  await accountCells({ store: { facts: withoutStatesBefore(store.facts) }, tasks: left, asOf, afterEach });
  await accountCells({ store, tasks, asOf, afterEach });
  horizons.work.put(found.map((one) => keptDays(horizons.work, one)));
}

/** What is to be kept of a machine from the day on in which a run begins, with what that day holds already. */
function keptDays(shelf: KeptShelf, { member, from, work, told, parts }: Found): KeptDays {
  const { path: machine } = member.machine;
  const day = utcDayOf(from);
  const text = JSON.stringify;
  const earlier = <T>(kind: 'work' | 'told' | 'parts', read: (text: string) => readonly T[]): readonly T[] =>
    shelf.days(machine, kind, { from: day, to: day + 1 }).flatMap((kept) => read(kept.text));
  return {
    ...{ machine, from: day },
    work: daysOf(
      earlier('work', changesIn).filter(([at]) => at < from),
      changesOf(work, before(shelf, machine, from)),
      { at: ([at]) => at, text },
    ),
    told: daysOf(
      earlier('told', toldIn).filter(({ ts }) => ts < from),
      told,
      { at: ({ ts }) => ts, text },
    ),
    parts: daysOf<readonly [EpochMs, string]>(
      earlier('parts', partsIn)
        .filter(([at]) => at < from)
        .map(([at, cell]) => [at, text(cell)]),
      parts.sort(([a], [b]) => a - b),
      { at: ([at]) => at, text: (some) => `[${some.map(([at, cell]) => `[${at},${cell}]`).join(',')}]` },
    ),
  };
}

/** What a machine had just before an instant, as far as it is kept. */
const before = (shelf: KeptShelf, machine: MachinePath, from: EpochMs): WorkedOn =>
  keptWork(shelf, machine, { from: from - 1, to: from })[0] as WorkedOn;

function changesOf(work: readonly WorkedOn[], last: WorkedOn): readonly WorkChange[] {
  const changes: WorkChange[] = [];
  let { order, product } = last;
  for (const one of work) {
    if (one.order === order && one.product === product) continue;
    ({ order, product } = one);
    changes.push([one.from, order, product]);
  }
  return changes;
}
