import { bisect } from '../domain/bisect.ts';
import type { MachinePath } from '../domain/path.ts';
import { printOf } from '../domain/plausibility/stream-print.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { WholeCell } from './cells.ts';
import type { Member } from './members.ts';
import { runsOf } from './reasoned-stops.ts';
import { askedOf, saidIn } from './said.ts';
import { type DayPrint, NO_PRINTS, type StreamPrints } from './stream-prints.ts';

/** The longest stretch of which all that a machine said is held at once: a level that is told each second is much. */
const LONGEST_MS = 3 * 86_400_000;
/** Written in one transaction, which holds everything else up. */
const BATCH = 1_000;

/** Prints of spans, ascending and disjoint, from stored facts: some days of each machine, then the next days. */
export async function* printsOfFacts({
  store,
  members,
  spans,
  signal,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly members: readonly Member[];
  readonly spans: readonly Span[];
  readonly signal?: AbortSignal | undefined;
}): AsyncGenerator<readonly DayPrint[]> {
  const breathe = createBreather();
  const machineAt = new Map(members.map(({ machine }) => [machine.path, machine]));
  const machines = [...machineAt.values()].map(askedOf);
  for (const run of runsOf(spans, LONGEST_MS)) {
    for await (const facts of store.facts({ from: run.from, to: run.to, machines, inAnyOrder: true })) {
      signal?.throwIfAborted();
      const machine = machineAt.get(facts.machine);
      if (!machine) continue;
      const { said, pieces } = saidIn(facts, machine, run);
      const made: DayPrint[] = [];
      for (const { from, to } of run.spans) {
        const own = { said: within(said, { from, to }), pieces: within(pieces, { from, to }) };
        made.push({ machine: machine.path, from, to, ...printOf(own) });
        await breathe();
      }
      yield made;
    }
  }
}

function within<T extends { readonly ts: EpochMs }>(all: readonly T[], { from, to }: Span): readonly T[] {
  const before = (instant: EpochMs) => bisect(all.length, (place) => (all[place] as T).ts < instant);
  return all.slice(before(from), before(to));
}

/** Prints the production days among cells that were just recorded: machines with the same days together. */
export async function printDays({
  store,
  prints,
  members,
  cellsOf,
  signal,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly prints: StreamPrints;
  readonly members: readonly Member[];
  readonly cellsOf: (machine: MachinePath) => readonly WholeCell[];
  readonly signal: AbortSignal;
}): Promise<void> {
  if (prints === NO_PRINTS) return;
  const due = members
    .map((member) => ({ member, days: cellsOf(member.machine.path).filter(({ grain }) => grain === 'day') }))
    .filter(({ days }) => days.length > 0);
  let fresh: DayPrint[] = [];
  const put = (): void => {
    prints.put(fresh);
    fresh = [];
  };
  for (const alike of Map.groupBy(due, ({ days }) =>
    days.map(({ from, to }) => `${from}/${to}`).join(),
  ).values()) {
    const spans = alike[0]?.days ?? [];
    const some = alike.map(({ member }) => member);
    for await (const made of printsOfFacts({ store, members: some, spans, signal })) {
      fresh.push(...made);
      if (fresh.length >= BATCH) put();
    }
  }
  put();
}
