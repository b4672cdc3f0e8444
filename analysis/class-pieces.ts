import { addPiece, type ClassPiece, classPiecesOf } from '../domain/class-pieces.ts';
import { type EpochMs, gapsIn, type Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { createBreather } from './breathe.ts';
import { classFacts } from './class-facts.ts';
import { keptPieces, tracksUntil } from './kept-tracks.ts';
import type { Member } from './members.ts';
import type { RawHorizons } from './raw-horizon.ts';

/** Where machines' classes and reasons come from: facts, and what was kept where those were removed. */
export interface PiecesSource {
  readonly store: Pick<Store, 'facts'>;
  readonly horizons: RawHorizons;
}

/**
 * What machines did in a span and for what reasons, one machine after another, in any order: contiguous pieces that cover
 * it. As it is kept where raw data was removed, then as facts tell it.
 */
export async function* classPieces({
  store,
  horizons,
  members,
  run,
  asOf,
}: PiecesSource & {
  readonly members: readonly Member[];
  /** As long as `classFacts` takes. */
  readonly run: Span;
  readonly asOf: EpochMs;
}): AsyncGenerator<readonly [Member, readonly ClassPiece[]]> {
  const breathe = createBreather();
  const open: Member[] = [];
  for (const member of members) {
    const kept = keptIn(horizons, member, run);
    if (isWhole(kept, run)) yield [member, kept];
    else open.push(member);
    await breathe();
  }
  if (open.length === 0) return;
  for await (const [member, facts] of classFacts({ store, members: open, run, asOf })) {
    // Asked for again: who removes some puts the horizon first.
    const kept = keptIn(horizons, member, run);
    yield [member, filled(kept, run, (span) => classPiecesOf(facts, span))];
  }
}

const keptIn = (horizons: RawHorizons, member: Member, run: Span): readonly ClassPiece[] => {
  const { path } = member.machine;
  const until = tracksUntil(member, horizons.all().get(path));
  return keptPieces(horizons, path, { from: run.from, to: Math.min(run.to, until) });
};

const isWhole = (pieces: readonly ClassPiece[], span: Span): boolean =>
  gapsIn(pieces, span).next().done === true;

/** Pieces that cover a span: where those that are kept leave a gap, others. */
function filled(
  kept: readonly ClassPiece[],
  span: Span,
  others: (gap: Span) => readonly ClassPiece[],
): readonly ClassPiece[] {
  if (kept.length === 0) return others(span);
  const all = [...kept, ...gapsIn(kept, span).flatMap(others)].sort((a, b) => a.from - b.from);
  const pieces: ClassPiece[] = [];
  for (const piece of all) addPiece(pieces, piece);
  return pieces;
}
