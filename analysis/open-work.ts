import type { Site } from '../domain/plant.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import { cutsOf } from './cuts.ts';
import { hourEnd, standsUntil, utcDayOf } from './kept-work.ts';
import type { Member, Members } from './members.ts';
import { provableFrom, type RawHorizon, type RawHorizons, toldSince } from './raw-horizon.ts';

/** So long a stretch of a machine is held at once. */
const LONGEST_MS: DurationMs = 7 * 86_400_000;

/** A machine whose raw data is about to go, and of when it isn't kept yet what it worked on. */
export interface Open extends Span {
  readonly member: Member;
  /** Parts of hours that begin earlier can't be made any more. */
  readonly partsFrom: EpochMs;
  /** Parts that begin earlier are told by what is left of facts that an older version removed. */
  readonly leftUntil: EpochMs;
}

/** From when on, and up to when, each machine's work is to be kept; those of which nothing is are left out. */
export function openOf(
  moved: readonly RawHorizon[],
  { members, horizons }: { readonly members: Pick<Members, 'at'>; readonly horizons: RawHorizons },
): readonly Open[] {
  const known = horizons.all();
  const open = moved.flatMap((horizon): readonly Open[] => {
    const { machine } = horizon;
    const member = members.at(machine);
    const to = standsUntil(member, horizon);
    const old = known.get(machine);
    if (old?.workedUntil === null) {
      // What is told of it is told by what the old horizon carries, which gives way now.
      const from = hourBegin(member.site, toldSince(old));
      const leftUntil = provableFrom(member.machine, old);
      return from < to ? [{ member, from, to, partsFrom: from, leftUntil }] : [];
    }
    // What was said first is a change of the hour.
    const heard = hourBegin(member.site, horizon.firstHeard ?? to);
    const from = old?.workedUntil ?? heard;
    // Of time that is removed already nothing can be made.
    const partsFrom = old ? standsUntil(member, old) : heard;
    return from < to ? [{ member, from, to, partsFrom, leftUntil: Number.NEGATIVE_INFINITY }] : [];
  });
  // Those that begin together are read together.
  return open.sort((a, b) => a.from - b.from);
}

const hourBegin = (site: Site, at: EpochMs): EpochMs =>
  cutsOf(site, { from: at, to: at + 1 }, site.zone).hours.findLast(({ from }) => from <= at)?.from ?? at;

/** A machine's time in stretches that no hour reaches across. */
export function runsOf(open: Open): readonly Open[] {
  const runs: Open[] = [];
  for (let { from } = open; from < open.to; ) {
    const to = Math.min(open.to, hourEnd(open.member.site, utcDayOf(from) + LONGEST_MS));
    runs.push({ ...open, from, to });
    from = to;
  }
  return runs;
}
