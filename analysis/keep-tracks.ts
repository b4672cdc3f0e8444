import { classPiecesOf } from '../domain/class-pieces.ts';
import { type DurationMs, type EpochMs, intersect, type Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { classFacts } from './class-facts.ts';
import type { TrackDays } from './kept-shelf.ts';
import { keptPieces, trackDays } from './kept-tracks.ts';
import { standsUntil, utcDayOf } from './kept-work.ts';
import type { Member, Members } from './members.ts';
import { type RawHorizon, type RawHorizons, toldSince } from './raw-horizon.ts';

/** So long a stretch of a machine is held at once. */
const LONGEST_MS: DurationMs = 7 * 86_400_000;
/** So many machines are put together. */
const MACHINES_AT_ONCE = 32;

/** A machine whose raw data is about to go, and of when its classes and reasons aren't kept yet. */
interface Untracked extends Span {
  readonly member: Member;
}

interface Keeping {
  /** Its facts begin at the horizons as they stand. */
  readonly store: Pick<Store, 'facts'>;
  readonly horizons: RawHorizons;
  readonly asOf: EpochMs;
  readonly signal: AbortSignal | undefined;
}

/**
 * Keeps what machines did and for what reasons, instant by instant, before raw data goes: as far as their hours stand. Gives
 * the horizons back with up to where that is kept; once they are put, it counts.
 */
export async function keepTracks({
  moved,
  members,
  ...keeping
}: Keeping & {
  readonly members: Pick<Members, 'at'>;
  readonly moved: readonly RawHorizon[];
}): Promise<readonly RawHorizon[]> {
  const known = keeping.horizons.all();
  const untracked = moved.map((horizon): Untracked => {
    const member = members.at(horizon.machine);
    const old = known.get(horizon.machine);
    const to = standsUntil(member, horizon);
    return { member, from: old ? keptUpTo(member, old) : (horizon.firstHeard ?? to), to };
  });
  for (let first = 0; first < untracked.length; first += MACHINES_AT_ONCE) {
    const some = untracked.slice(first, first + MACHINES_AT_ONCE);
    const last = Math.max(...some.map(({ to }) => to));
    let from = utcDayOf(Math.min(...some.map((one) => one.from)));
    for (; from < last; from += LONGEST_MS) await keepRun(some, { from, to: from + LONGEST_MS }, keeping);
  }
  return moved.map((horizon, place) => ({ ...horizon, trackedUntil: untracked[place]?.to ?? null }));
}

/** Up to where a horizon's classes are kept; where an older version kept none, from where on anything is told of them. */
const keptUpTo = (member: Member, old: RawHorizon): EpochMs =>
  old.trackedUntil === null ? toldSince(old) : Math.min(old.trackedUntil, standsUntil(member, old));

/** `run` begins and ends with a UTC day. */
async function keepRun(
  untracked: readonly Untracked[],
  run: Span,
  { store, horizons, asOf, signal }: Keeping,
): Promise<void> {
  signal?.throwIfAborted();
  const spans = new Map(
    untracked.flatMap(({ member, ...whole }): readonly (readonly [Member, Span])[] => {
      const span = intersect(whole, run);
      return span ? [[member, span]] : [];
    }),
  );
  if (spans.size === 0) return;
  const hull = {
    from: Math.min(...spans.values().map(({ from }) => from)),
    to: Math.max(...spans.values().map(({ to }) => to)),
  };
  const found: TrackDays[] = [];
  for await (const [member, facts] of classFacts({
    store,
    members: [...spans.keys()],
    run: hull,
    asOf,
    signal,
  })) {
    const { path: machine } = member.machine;
    const span = spans.get(member) as Span;
    const from = utcDayOf(span.from);
    const earlier = keptPieces(horizons, machine, { from, to: span.from });
    found.push({ machine, from, days: trackDays([...earlier, ...classPiecesOf(facts, span)]) });
  }
  horizons.tracks.put(found);
}
