import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { begunCellsEnd } from './begun-cells.ts';
import { firstHeard } from './first-heard.ts';
import { keepTracks } from './keep-tracks.ts';
import { keepWork } from './keep-work.ts';
import { hourEnd, standsUntil } from './kept-work.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import { lookBack } from './look-back.ts';
import type { Member, Members } from './members.ts';
import { provableFrom, type RawHorizon, type RawHorizons } from './raw-horizon.ts';
import { closingMs, configOf, lookaheadMs } from './trust.ts';

const DAY_MS: DurationMs = 86_400_000;
/** A day that drew out, where states are derived, a day behind its horizon. */
const MOST_DAYS_LONGER = 5;
/** So many machines are got ready in a turn: a month of them, each with many changes of order, is some seconds. */
const MACHINES_AT_ONCE = 8;

export type RawRemoval =
  | { readonly outcome: 'removed'; readonly before: EpochMs; readonly machines: number }
  /** Something older is not recorded yet: what it becomes is published before its raw data goes. */
  | { readonly outcome: 'waits'; readonly before: EpochMs; readonly machine: string };

/** How many machines' older observations may go now, of how many. */
export interface RemovalProgress {
  readonly machines: number;
  readonly ofMachines: number;
}

interface Removing {
  /** Its facts begin at the horizons. */
  readonly store: Pick<Store, 'facts' | 'purge'>;
  readonly members: Members;
  readonly marks: Pick<LedgerMarks, 'pending' | 'standings'>;
  readonly horizons: RawHorizons;
  readonly olderThan: EpochMs;
}

/**
 * Removes observations older than some time, by whole days. What cells behind them follow from is kept first, so that those
 * are made of facts as before; cells before them stay as they are recorded, whatever comes, and what was worked on is kept
 * with the parts of hours that no cell was recorded of. Where a day has begun that a horizon would cut, older days go alone.
 * Some machines are got ready in a turn; once all are, what is older goes at once. Stopped midway, it goes on with the others.
 */
export async function removeRaw({
  inTurn,
  now,
  progress,
  ...removing
}: Removing & {
  /** Works while nothing is recorded; its signal ends that before anything is removed. */
  readonly inTurn: <T>(work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  readonly now: () => EpochMs;
  readonly progress?: ((done: RemovalProgress) => void) | undefined;
}): Promise<RawRemoval> {
  const silent = new Set<MachinePath>();
  for (let machines = 0; ; ) {
    const part = await inTurn((signal) => removePart({ ...removing, silent, asOf: now(), signal }));
    if (part.outcome === 'waits') return part;
    machines += part.machines;
    progress?.({ machines, ofMachines: machines + part.left });
    if (part.outcome === 'removed') return { outcome: 'removed', before: part.before, machines };
  }
}

/** Puts the horizons of some machines; where no other is left, removes what lies before them. */
async function removePart({
  store,
  members,
  marks,
  horizons,
  olderThan,
  silent,
  asOf,
  signal,
}: Removing & {
  /** Machines of which nothing old was found; more are added. */
  readonly silent: Set<MachinePath>;
  readonly asOf: EpochMs;
  readonly signal: AbortSignal;
}): Promise<
  | Extract<RawRemoval, { readonly outcome: 'waits' }>
  | {
      readonly outcome: 'removed' | 'goes-on';
      readonly before: EpochMs;
      readonly machines: number;
      /** At most. */
      readonly left: number;
    }
> {
  signal.throwIfAborted();
  const known = horizons.all();
  const heard = (await members.all()).filter(({ lastHeard }) => lastHeard !== null);
  const isDue = (path: string, before: EpochMs): boolean =>
    (known.get(path)?.before ?? Number.NEGATIVE_INFINITY) < before;
  const dueAt = (before: EpochMs) => heard.filter(({ machine }) => isDue(machine.path, before));
  let before = Math.floor(olderThan / DAY_MS) * DAY_MS;
  for (
    let days = 0;
    days < MOST_DAYS_LONGER && dueAt(before).some((one) => isOpen(one, before, asOf));
    days++
  )
    before -= DAY_MS;
  for (const [machine, from] of marks.pending())
    if (from < before && isDue(machine, before)) return { outcome: 'waits', before, machine };
  // As it is configured now: what is to be made anew hasn't been marked yet where nothing was recorded since.
  const standings = marks.standings();
  const isRecorded = (member: Member, horizon: RawHorizon): boolean => {
    const standing = standings.get(member.machine.path);
    // Parts that begin in the last hour that stands can end in the next.
    const settled =
      Math.max(hourEnd(member.site, standsUntil(member, horizon) + 1), begunBehind(member, horizon)) +
      lookaheadMs(member.machine);
    return standing !== undefined && standing.until >= settled && standing.config === configOf(member);
  };
  const due = dueAt(before);
  const unasked = due.filter(({ machine }) => !silent.has(machine.path));
  // Of those that were silent something old can have come meanwhile: at the end they are asked once more.
  const isEnd = unasked.length === 0 || due.length <= MACHINES_AT_ONCE;
  const some = isEnd ? due : unasked.slice(0, MACHINES_AT_ONCE);
  const byPath = new Map(some.map(({ machine }) => [machine.path, members.at(machine.path)]));
  const moved: RawHorizon[] = [];
  for await (const horizon of lookBack({ store, members: byPath, horizons: known, before })) {
    const { machine } = horizon;
    if (!isRecorded(members.at(machine), horizon)) return { outcome: 'waits', before, machine };
    moved.push(horizon);
    if (moved.length === MACHINES_AT_ONCE) break;
  }
  const found = new Set(moved.map(({ machine }) => machine));
  for (const { machine } of isEnd ? [] : some) if (!found.has(machine.path)) silent.add(machine.path);
  const first = await firstHeard({
    ...{ store, horizons, until: before },
    machines: moved.flatMap(({ machine }) => (known.has(machine) ? [] : [machine])),
  });
  const begun = moved.map((one) => ({
    ...one,
    // An older version didn't keep it: as far as was known since.
    firstHeard: one.firstHeard ?? known.get(one.machine)?.before ?? first.get(one.machine) ?? null,
  }));
  const worked = await keepWork({ store, members, horizons, moved: begun, asOf, signal });
  horizons.put(await keepTracks({ store, members, horizons, moved: worked, asOf, signal }));
  const part = { before, machines: moved.length };
  const left = due.length - moved.length;
  const isLeft = moved.length === MACHINES_AT_ONCE && left > 0;
  if (!isEnd || isLeft) return { ...part, outcome: 'goes-on', left };
  await store.purge(before);
  return { ...part, outcome: 'removed', left: 0 };
}

/** When the last cell ends that can't be made any more once raw data before a horizon is gone. */
const begunBehind = ({ machine, site }: Member, horizon: Pick<RawHorizon, 'before'>): EpochMs =>
  begunCellsEnd(site, provableFrom(machine, horizon));

/** Whether such a cell has yet to close, so that it can't be recorded before. */
const isOpen = (member: Member, before: EpochMs, asOf: EpochMs): boolean =>
  begunBehind(member, { before }) + closingMs(member.machine) > asOf;
