import type { MachinePath } from '../domain/path.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import type { DayCount } from './day-tallies.ts';
import type { Member } from './members.ts';
import { givesReasons, reasonedStops } from './reasoned-stops.ts';

/** Counts days, or parts of them, from stored facts: for each machine one count for each span, in order. */
export async function countDays({
  store,
  members,
  spans,
  signalsOf,
  asOf,
  signal,
}: {
  readonly store: Pick<Store, 'facts' | 'heardIn'>;
  readonly members: readonly Member[];
  /** Ascending and disjoint. */
  readonly spans: readonly Span[];
  /** The signals that a machine ever sent. */
  readonly signalsOf: (machine: MachinePath) => readonly string[];
  readonly asOf: EpochMs;
  readonly signal?: AbortSignal | undefined;
}): Promise<ReadonlyMap<MachinePath, readonly DayCount[]>> {
  // Of a machine that never sent anything nothing need be read.
  const known = members.filter(({ machine }) => signalsOf(machine.path).length > 0);
  const machines = known.map(({ machine }) => machine.path);
  const heard = machines.length > 0 ? await store.heardIn({ machines, spans }) : [];
  const withReasons = members.filter((member) => givesReasons(member, signalsOf(member.machine.path)));
  const reasoned = await reasonedStops({ store, members: withReasons, spans, asOf, signal });
  const heardBy = new Map(machines.map((path, place) => [path, heard[place]]));
  return new Map(
    members.map(({ machine: { path } }) => [
      path,
      spans.map((_, day) => ({
        heard: heardBy.get(path)?.[day] ?? false,
        reasonedStopMs: reasoned.get(path)?.[day] ?? 0,
      })),
    ]),
  );
}
