import type { AlikeStretch } from './alike.ts';
import type { Said } from './check.ts';
import { repeatsIn, repeatsOf } from './repeats.ts';
import { isReplay } from './replays.ts';
import { gapsAlone, statesOf, stepsOf } from './windows.ts';

/**
 * Stretches of a stream whose gaps, or whose states alone, are an earlier one's, with other counts: long and uneven enough to
 * be replays, and none that is the same in all. Ascending.
 */
export function rhythmsIn(said: readonly Said[]): readonly AlikeStretch[] {
  const known = repeatsIn(said);
  const found = [repeatsOf(said, gapsAlone(stepsOf(said))), repeatsIn(statesOf(said))].reduce(
    (apart, others) => withOthers(apart, others.filter(isReplay)),
    known,
  );
  return found.slice(known.length).sort((a, b) => a.from - b.from);
}

/** Those that are known, then those of the others that overlap none before them. */
export function withOthers<T extends AlikeStretch>(known: readonly T[], others: readonly T[]): T[] {
  const apart = [...known];
  for (const one of others) {
    if (!apart.some(({ from, to }) => from < one.to && one.from < to)) apart.push(one);
  }
  return apart;
}
