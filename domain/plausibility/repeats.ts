import { type AlikeStretch, stretchOf } from './alike.ts';
import type { Said } from './check.ts';
import { STEPS_OF_WINDOW, type Steps, stepsOf, windowsOf } from './windows.ts';

/** Stretches of a stream that are an earlier one of the same stream, as far as that goes; ascending. */
export const repeatsIn = (said: readonly Said[]): AlikeStretch[] => repeatsOf(said, stepsOf(said));

/** The same of whatever the steps are told by. */
export function repeatsOf(said: readonly Said[], steps: Steps): AlikeStretch[] {
  const windows = windowsOf(steps, { different: 1 });
  const seen = new Map<number, number>();
  const found: AlikeStretch[] = [];
  for (let first = 0; first < windows.length; first++) {
    const earlier = seen.getOrInsert(windows[first] as number, first);
    if (earlier + STEPS_OF_WINDOW > first) continue;
    const events = alikeFor(steps.words, earlier, first);
    // Other steps can have the same hash.
    if (events >= STEPS_OF_WINDOW)
      found.push(stretchOf({ other: said, said, own: steps, their: earlier, first, events }));
    first += Math.max(1, events) - 1;
  }
  return found;
}

/** For how many steps both go on alike; the earlier ends where the later begins. */
function alikeFor(words: readonly string[], earlier: number, later: number): number {
  let length = 0;
  while (earlier + length < later && words[later + length] === words[earlier + length]) length++;
  return length;
}
