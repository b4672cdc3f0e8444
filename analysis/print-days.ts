import { bisect } from '../domain/bisect.ts';
import type { MachineFacts } from '../domain/facts.ts';
import type { Machine } from '../domain/plant.ts';
import { printOf } from '../domain/plausibility/stream-print.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { WholeCell } from './cells.ts';
import type { Member } from './members.ts';
import { runsOf } from './reasoned-stops.ts';
import { askedOf, saidIn } from './said.ts';
import type { DayPrint } from './stream-prints.ts';

/** The longest stretch of which all that a machine said is held at once: a level that is told each second is much. */
const LONGEST_MS = 3 * 86_400_000;

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

/** Prints of the production days among cells, of facts that were read for these; one after another, so that none holds others up. */
export async function printsOfCells(
  facts: MachineFacts,
  machine: Machine,
  cells: readonly Pick<WholeCell, 'from' | 'to' | 'grain'>[],
): Promise<readonly DayPrint[]> {
  const days = cells.filter(({ grain }) => grain === 'day');
  const breathe = createBreather();
  const made: DayPrint[] = [];
  for (const run of runsOf(days, LONGEST_MS)) {
    const { said, pieces } = saidIn(facts, machine, run);
    for (const { from, to } of run.spans) {
      const own = { said: within(said, { from, to }), pieces: within(pieces, { from, to }) };
      made.push({ machine: machine.path, from, to, ...printOf(own) });
      await breathe();
    }
  }
  return made;
}
