import { earlierForFollowed } from '../domain/annotations/followed.ts';
import { type CalendarPiece, calendarPieces, piecesFor } from '../domain/calendar.ts';
import type { MachineFacts } from '../domain/facts.ts';
import { type CellResult, earlierFailure, machineLedger, piecesBefore } from '../domain/ledger.ts';
import { contextOf, earlierContext, earlierReading, statesMatterFrom } from '../domain/ledger-context.ts';
import type { Site } from '../domain/plant.ts';
import { ledgerSignalsOf } from '../domain/signals.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { FactsQuery, Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import { digestOf } from './digest.ts';
import { earlierForStates } from './earlier-facts.ts';
import type { Member } from './members.ts';

const DAY_MS = 86_400_000;
const LONGEST_RUN_MS: DurationMs = 31 * DAY_MS;
/** Cells that are made before others get a turn. */
const CELLS_AT_ONCE = 200;

/** Cells of one machine to be accounted from stored facts, ascending by their start; they may overlap. A machine has one task. */
export interface CellTask {
  readonly member: Member;
  readonly cells: readonly Span[];
  /** Takes the result of `cells[index]`. */
  readonly put: (index: number, result: CellResult) => void;
  /** Looks at the facts that some of its cells are accounted from, for what else is made of them. */
  readonly look?: (facts: MachineFacts, cells: readonly Span[]) => Promise<void>;
}

interface Run extends Span {
  readonly task: CellTask;
  /** Index of the first cell. */
  readonly first: number;
  readonly cells: readonly Span[];
}

/**
 * Accounts cells from stored facts as they stand at `asOf`. Machines with about the same stretch are read in one query, one
 * after another: never more than one machine's facts of a month, or of the longest run, are held. Machines whose pieces can't be told from the
 * usual context are read once more, from further back.
 */
export async function accountCells({
  store,
  tasks,
  asOf,
  afterEach,
  digest = digestOf,
  longestRunMs = LONGEST_RUN_MS,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly tasks: readonly CellTask[];
  readonly asOf: EpochMs;
  /** Called after each machine; what it waits for, the next machine waits for. */
  readonly afterEach?: () => Promise<void> | undefined;
  /** Of a cell's canonical inputs; absent: SHA-256. */
  readonly digest?: (inputs: Uint8Array) => string;
  /** The longest stretch of one machine's facts that is held at once; absent: a month. */
  readonly longestRunMs?: DurationMs;
}): Promise<void> {
  const breathe = createBreather();
  for (const group of togetherOf(tasks.flatMap((task) => runsOf(task, longestRunMs)))) {
    const piecesOf = perSite((site) => calendarPieces(site, group[0] as Run));
    const siteBefore = perSite((site) => piecesBefore({}, site, (group[0] as Run).from));
    // The same array for machines that share a calendar: what it says of a cell is written once.
    const sitePieces = perSite((site) => [...siteBefore(site), ...piecesOf(site)]);
    const beforeOf = ({ machine, site }: Member): readonly CalendarPiece[] =>
      machine.maintenance === undefined
        ? siteBefore(site)
        : piecesBefore(machine, site, (group[0] as Run).from);
    const account = async (
      some: readonly Wanted[],
      from: EpochMs,
      again: boolean,
    ): Promise<readonly Wanted[]> => {
      const older: Wanted[] = [];
      const query = queryOf(
        some.map(({ run }) => run),
        from,
        asOf,
      );
      const wantedOf = new Map(some.map((wanted) => [wanted.run.task.member.machine.path, wanted]));
      for await (const facts of store.facts(query)) {
        const { run, needed, uncounted } = wantedOf.get(facts.machine) as Wanted;
        const { task, first, cells } = run;
        const { machine, site } = task.member;
        const before = beforeOf(task.member);
        const count = earlierReading({ machine, facts, from: query.from, span: run });
        const counted =
          again && !uncounted ? null : earlierContext({ machine, facts, context: query, span: run });
        const entered = task.member.entered?.({ from: query.from, to: query.to });
        const failed = earlierFailure({ machine, site, facts, entered, from, before, asOf });
        const stated = [counted, failed].filter((instant) => instant !== null);
        const further = count === null ? stated : [...stated, count];
        const read = { machine, facts, from, needed, until: asOf };
        const since =
          further.length > 0
            ? Math.min(...further)
            : (earlierForStates(read) ?? earlierForFollowed({ ...read, entered }));
        if (since !== undefined)
          older.push({ run, since, needed: Math.min(needed, ...stated), uncounted: count !== null });
        else {
          const pieces =
            machine.maintenance === undefined
              ? sitePieces(site)
              : [...before, ...piecesFor(machine, site, piecesOf(site))];
          const ledgerOf = machineLedger({ machine, site, facts, pieces, asOf, digestOf: digest, entered });
          for (const layer of layersOf(cells)) {
            for (let at = 0; at < layer.length; at += CELLS_AT_ONCE) {
              const some = layer.slice(at, at + CELLS_AT_ONCE);
              const results = ledgerOf(some.map(([, cell]) => cell));
              for (const [place, result] of results.entries()) {
                task.put(first + (some[place]?.[0] as number), result);
              }
              await breathe();
            }
          }
          await task.look?.(facts, cells);
        }
        await afterEach?.();
        await breathe();
      }
      return older;
    };
    const from = Math.min(...group.map((run) => contextOf(run.task.member.machine, run, asOf).from));
    // A stop that the begin of a cell cuts is judged on its whole length.
    let open: readonly Wanted[] = group.map((run) => ({
      ...{ run, since: from },
      needed: Math.max(from, statesMatterFrom(run.task.member.machine, run.from)),
    }));
    for (let again = false; open.length > 0; again = true) {
      const older: Wanted[] = [];
      for (const alike of Map.groupBy(open, ({ since }) => Math.ceil(Math.log2(from - since))).values()) {
        older.push(...(await account(alike, Math.min(...alike.map(({ since }) => since)), again)));
      }
      open = older;
    }
  }
}

/** A run that needs facts from `since` on. */
interface Wanted {
  readonly run: Run;
  readonly since: EpochMs;
  /** From when on its states matter. */
  readonly needed: EpochMs;
  /** No count was found yet that a counter counts on from. */
  readonly uncounted?: boolean;
}

function queryOf(runs: readonly Run[], from: EpochMs, asOf: EpochMs): FactsQuery {
  const machines = runs.map(({ task: { member } }) => ({
    path: member.machine.path,
    signals: ledgerSignalsOf(member.machine),
    silenceMs: member.machine.maxSilenceMs,
  }));
  const to = Math.max(...runs.map((run) => contextOf(run.task.member.machine, run, asOf).to));
  return { from, to, machines, inAnyOrder: true };
}

/** Overlapping cells (hours, shifts, days) parted into layers of disjoint ones, each with its place. */
function layersOf(cells: readonly Span[]): readonly (readonly (readonly [number, Span])[])[] {
  const layers: (readonly [number, Span])[][] = [];
  for (const [index, cell] of cells.entries()) {
    const fits = layers.find((layer) => (layer.at(-1) as readonly [number, Span])[1].to <= cell.from);
    if (fits) fits.push([index, cell]);
    else layers.push([[index, cell]]);
  }
  return layers;
}

/** Days in which a run begins and ends. */
const daysOf = ({ from, to }: Run): string => `${Math.floor(from / DAY_MS)}/${Math.ceil(to / DAY_MS)}`;

/** Runs that begin and end on the same days are read as one stretch: a question for each machine would cost more than the facts. */
function togetherOf(runs: readonly Run[]): readonly (readonly Run[])[] {
  return [...Map.groupBy(runs, daysOf).values()].map((group) => {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const run of group) {
      from = Math.min(from, run.from);
      to = Math.max(to, run.to);
    }
    return group.map((run) => ({ ...run, from, to }));
  });
}

/** Neighbouring cells that one query reads: gaps of a day or more, and the longest run, part them. */
function runsOf(task: CellTask, longestRunMs: DurationMs): readonly Run[] {
  const runs: Run[] = [];
  let first = 0;
  let reached = task.cells[0]?.to ?? 0;
  for (let index = 1; index <= task.cells.length; index++) {
    const { from } = task.cells[first] as Span;
    const cell = task.cells[index];
    if (cell && cell.from - reached < DAY_MS && cell.to - from <= longestRunMs) {
      reached = Math.max(reached, cell.to);
      continue;
    }
    runs.push({ task, first, from, to: reached, cells: task.cells.slice(first, index) });
    first = index;
    reached = cell?.to ?? 0;
  }
  return runs;
}

function perSite<T>(make: (site: Site) => T): (site: Site) => T {
  const made = new Map<Site, T>();
  return (site) => {
    const known = made.get(site);
    if (known !== undefined) return known;
    const value = make(site);
    made.set(site, value);
    return value;
  };
}
