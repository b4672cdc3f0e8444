import { WORK_SIGNALS } from '../domain/orders/worked-on.ts';
import type { Site } from '../domain/plant.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import { cutsOf } from './cuts.ts';
import { hourEnd, standsUntil, utcDayOf } from './kept-work.ts';
import type { Member, Members } from './members.ts';
import type { RawHorizon, RawHorizons } from './raw-horizon.ts';

/** So long a stretch of a machine is held at once. */
const LONGEST_MS: DurationMs = 7 * 86_400_000;

/** A machine whose raw data is about to go, and of when it isn't kept yet what it worked on. */
export interface Open extends Span {
  readonly member: Member;
  /** Parts of hours that begin earlier can't be made any more. */
  readonly partsFrom: EpochMs;
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
    // What was said first is a change of the hour.
    const heard = hourBegin(member.site, horizon.firstHeard ?? to);
    const from = old ? (old.workedUntil ?? begunBefore(old)) : heard;
    // Of time that is removed already nothing can be made.
    const partsFrom = old ? standsUntil(member, old) : heard;
    return from < to ? [{ member, from, to, partsFrom }] : [];
  });
  // Those that begin together are read together.
  return open.sort((a, b) => a.from - b.from);
}

/** From when on anything is known of what was worked on before a horizon of an older version. */
const begunBefore = ({ before, carried }: RawHorizon): EpochMs =>
  Math.min(
    before,
    ...carried
      .filter(({ signal }) => (WORK_SIGNALS as readonly string[]).includes(signal))
      .map(({ ts }) => ts),
  );

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
