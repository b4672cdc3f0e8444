import type { Said } from './check.ts';

/** Steps of a stream that are known again together: as many as a replay has at least. */
export const STEPS_OF_WINDOW = 30;
/** Fewer different gaps among them only tick: every counter on a timer says the same each day. */
const DIFFERENT_OF_WINDOW = 4;

/** What was said, and how long after what was said before it. */
export interface Steps {
  /** Gap and word of each step; one fewer than what was said. */
  readonly words: readonly string[];
  readonly gaps: readonly number[];
}

export function stepsOf(said: readonly Said[]): Steps {
  const gaps = said.slice(1).map(({ ts }, index) => ts - (said[index] as Said).ts);
  return { gaps, words: gaps.map((gap, index) => `${gap} ${(said[index + 1] as Said).what}`) };
}

/** The same steps by their gaps, whatever was said. */
export const gapsAlone = (steps: Steps): Steps => ({ ...steps, words: steps.gaps.map(String) });

/** States alone, without the counts between them. */
export const statesOf = (said: readonly Said[]): readonly Said[] =>
  said.filter(({ what }) => !what.startsWith('+'));

/** FNV-1a of a text from a seed. */
function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** Spreads a hash over all its bits (MurmurHash3's finaliser), so that the least of many are a fair sample. */
function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * For each place where a whole window of steps begins: 48 bits that equal windows share, or `NaN` where it has fewer
 * different gaps than asked. Other windows can share them too, by chance: who finds two alike compares the steps.
 */
export function windowsOf({ words, gaps }: Steps, { different = DIFFERENT_OF_WINDOW } = {}): Float64Array {
  const count = Math.max(0, words.length - STEPS_OF_WINDOW + 1);
  const windows = new Float64Array(count);
  const [one, other] = [0x811c9dc5, 0x2b1d4e97].map((seed) => words.map((word) => hashOf(word, seed))) as [
    number[],
    number[],
  ];
  const rolled = [rolling(one, 31), rolling(other, 65_599)] as const;
  const within = new Map<number, number>();
  for (let index = 0; index < words.length; index++) {
    const gap = gaps[index] as number;
    within.set(gap, (within.get(gap) ?? 0) + 1);
    const first = index - STEPS_OF_WINDOW + 1;
    if (first < 0) continue;
    windows[first] =
      within.size < different
        ? Number.NaN
        : spread(rolled[0][first] as number) * 2 ** 16 + (spread(rolled[1][first] as number) & 0xffff);
    const left = gaps[first] as number;
    const rest = (within.get(left) as number) - 1;
    if (rest === 0) within.delete(left);
    else within.set(left, rest);
  }
  return windows;
}

/** The polynomial of each whole window, rolled from one to the next. */
function rolling(hashes: readonly number[], base: number): Int32Array {
  const rolled = new Int32Array(Math.max(0, hashes.length - STEPS_OF_WINDOW + 1));
  let top = 1;
  for (let step = 1; step < STEPS_OF_WINDOW; step++) top = Math.imul(top, base);
  let hash = 0;
  for (let index = 0; index < hashes.length; index++) {
    const first = index - STEPS_OF_WINDOW + 1;
    if (first > 0) hash = (hash - Math.imul(hashes[first - 1] as number, top)) | 0;
    hash = (Math.imul(hash, base) + (hashes[index] as number)) | 0;
    if (first >= 0) rolled[first] = hash;
  }
  return rolled;
}
