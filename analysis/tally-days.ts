import type { MachinePath } from '../domain/path.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import type { WholeCell } from './cells.ts';
import { countDays } from './day-counts.ts';
import { type DayTallies, type DayTally, NO_TALLIES } from './day-tallies.ts';
import type { Member } from './members.ts';

/** Written in one transaction, which holds everything else up. */
const BATCH = 5_000;

/** Tallies the production days among cells that were just recorded: machines with the same days together. */
export async function tallyDays({
  store,
  tallies,
  members,
  cellsOf,
  asOf,
  signal,
}: {
  readonly store: Pick<Store, 'facts' | 'heardIn' | 'signalNames'>;
  readonly tallies: DayTallies;
  readonly members: readonly Member[];
  readonly cellsOf: (machine: MachinePath) => readonly WholeCell[];
  readonly asOf: EpochMs;
  readonly signal: AbortSignal;
}): Promise<void> {
  if (tallies === NO_TALLIES) return;
  const due = members
    .map((member) => ({ member, days: cellsOf(member.machine.path).filter(({ grain }) => grain === 'day') }))
    .filter(({ days }) => days.length > 0);
  if (due.length === 0) return;
  const paths = due.map(({ member }) => member.machine.path);
  const names = await store.signalNames(paths);
  const signals = new Map(paths.map((path, place) => [path, names[place] ?? []]));
  const breathe = createBreather();
  const alike = Map.groupBy(due, ({ days }) => `${days[0]?.from}/${days.map(({ to }) => to).join()}`);
  for (const group of alike.values()) {
    const spans = group[0]?.days ?? [];
    const counted = await countDays({
      ...{ store, spans, asOf, signal },
      members: group.map(({ member }) => member),
      signalsOf: (path) => signals.get(path) ?? [],
    });
    const fresh: DayTally[] = [];
    for (const [machine, counts] of counted) {
      for (const [place, count] of counts.entries()) {
        const { from, to } = spans[place] as WholeCell;
        fresh.push({ machine, from, to, ...count });
      }
    }
    for (let at = 0; at < fresh.length; at += BATCH) {
      tallies.put(fresh.slice(at, at + BATCH));
      await breathe();
    }
  }
}
