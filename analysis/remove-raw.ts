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

export type RawRemoval =
  | { readonly outcome: 'removed'; readonly before: EpochMs; readonly machines: number }
  /** Something older is not recorded yet: what it becomes is published before its raw data goes. */
  | { readonly outcome: 'waits'; readonly before: EpochMs; readonly machine: string };

/**
 * Removes observations older than some time, by whole days. What cells behind them follow from is kept first, so that those
 * are made of facts as before; cells before them stay as they are recorded, whatever comes, and what was worked on is kept
 * with the parts of hours that no cell was recorded of. Where a day has begun that a horizon would cut, older days go alone.
 */
export async function removeRaw({
  store,
  members,
  marks,
  horizons,
  olderThan,
  asOf,
  signal,
}: {
  /** Its facts begin at the horizons. */
  readonly store: Pick<Store, 'facts' | 'purge'>;
  readonly members: Members;
  readonly marks: Pick<LedgerMarks, 'pending' | 'standings'>;
  readonly horizons: RawHorizons;
  readonly olderThan: EpochMs;
  readonly asOf: EpochMs;
  /** Ends it before anything is removed. */
  readonly signal?: AbortSignal;
}): Promise<RawRemoval> {
  const known = horizons.all();
  const heard = (await members.all()).filter(({ lastHeard }) => lastHeard !== null);
  const dueAt = (before: EpochMs) =>
    heard.filter(({ machine }) => (known.get(machine.path)?.before ?? Number.NEGATIVE_INFINITY) < before);
  let before = Math.floor(olderThan / DAY_MS) * DAY_MS;
  for (
    let days = 0;
    days < MOST_DAYS_LONGER && dueAt(before).some((one) => isOpen(one, before, asOf));
    days++
  )
    before -= DAY_MS;
  for (const [machine, from] of marks.pending())
    if (from < before) return { outcome: 'waits', before, machine };
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
  const byPath = new Map(due.map(({ machine }) => [machine.path, members.at(machine.path)]));
  const moved: RawHorizon[] = [];
  for await (const horizon of lookBack({ store, members: byPath, horizons: known, before })) {
    const { machine } = horizon;
    if (!isRecorded(members.at(machine), horizon)) return { outcome: 'waits', before, machine };
    moved.push(horizon);
  }
  const first = await firstHeard({
    ...{ store, horizons, until: before },
    machines: moved.flatMap(({ machine }) => (known.has(machine) ? [] : [machine])),
  });
  const begun = moved.map((one) => ({
    ...one,
    firstHeard: one.firstHeard ?? first.get(one.machine) ?? null,
  }));
  const worked = await keepWork({ store, members, horizons, moved: begun, asOf, signal });
  horizons.put(await keepTracks({ store, members, horizons, moved: worked, asOf, signal }));
  await store.purge(before);
  return { outcome: 'removed', before, machines: moved.length };
}

/** When the last cell ends that can't be made any more once raw data before a horizon is gone. */
const begunBehind = ({ machine, site }: Member, horizon: Pick<RawHorizon, 'before'>): EpochMs =>
  begunCellsEnd(site, provableFrom(machine, horizon));

/** Whether such a cell has yet to close, so that it can't be recorded before. */
const isOpen = (member: Member, before: EpochMs, asOf: EpochMs): boolean =>
  begunBehind(member, { before }) + closingMs(member.machine) > asOf;
