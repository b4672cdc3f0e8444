import type { DurationMs, EpochMs, Span } from '../time.ts';
import type { LinePiece, LineTrack } from './role.ts';

/**
 * The spans in which no standing and no cause can change, from the begin of the tracks to the end. A month of a long line
 * has a million of them: each is found when it is come to, by what comes next on every track.
 */
export function* unchangedSpans(
  tracks: readonly LineTrack[],
  lagMs: DurationMs,
  until: EpochMs,
): Generator<Span, void> {
  const borders = tracks.flatMap(({ pieces }) => [
    bordersOf(pieces, pieces[0]?.from),
    bordersOf(pieces, undefined, lagMs),
  ]);
  let from: EpochMs | undefined;
  for (;;) {
    let to = until;
    for (const { at } of borders) if (at < to) to = at;
    if (from !== undefined) yield { from, to };
    if (to === until) return;
    from = to;
    for (const border of borders) if (border.at === to) border.goOn();
  }
}

/** Goes over the ends of contiguous pieces, each moved by the lag; from another border on where one is given. */
function bordersOf(pieces: readonly LinePiece[], first: EpochMs | undefined, lagMs: DurationMs = 0) {
  let next = 0;
  const end = (): EpochMs => (pieces[next++]?.to ?? Number.POSITIVE_INFINITY) + lagMs;
  return {
    at: first ?? end(),
    goOn(): void {
      this.at = end();
    },
  };
}
