import type { MachinePath } from '../path.ts';
import type { DurationMs, Span } from '../time.ts';
import type { CheckedFacts, Finding, Said } from './check.ts';
import { STEPS_OF_WINDOW, type Steps, stepsOf, windowsOf } from './windows.ts';

/** A stretch that equals one of another stream, or an earlier one of its own, step by step, only moved in time. */
export interface AlikeStretch extends Span {
  /** How much later than the other one it is; negative: earlier. */
  readonly shiftMs: DurationMs;
  /** Steps that are equal. */
  readonly events: number;
  /** Of them counts; the others are states. */
  readonly counts: number;
  readonly differentGaps: number;
}

/** The same, of whichever machine the other stream is: the own one as well. */
export interface AlikeOf extends AlikeStretch {
  readonly other: MachinePath;
}

/** Whether a stretch is an earlier one of the machine itself. */
export const isOwn = ({ machine }: Pick<CheckedFacts, 'machine'>, { other }: AlikeOf): boolean =>
  other === machine;

/** What a stretch has at least of each; lengths in ms. */
interface Least {
  readonly events: number;
  readonly differentGaps: number;
  readonly states: number;
  readonly counts: number;
  readonly leastMs: DurationMs;
}

/** Findings of stretches of a machine that are ones of another machine, by how much they have and how far they are moved. */
export const foundOfOthers = (
  facts: CheckedFacts,
  least: Least,
  isMoved: (shiftMs: DurationMs) => boolean,
): readonly Finding[] =>
  facts.alike
    .filter((one) => !isOwn(facts, one))
    .filter(
      ({ from, to, events, counts, differentGaps, shiftMs }) =>
        events >= least.events &&
        differentGaps >= least.differentGaps &&
        events - counts >= least.states &&
        counts >= least.counts &&
        to - from >= least.leastMs &&
        isMoved(shiftMs),
    )
    .map(({ from, to, events, differentGaps, shiftMs, other }) => ({
      ...{ from, to, evidence: { otherMachine: other, events, differentGaps, shiftMs } },
    }));

/** Stretches of `said` that are a stretch of another stream, of at least a window of steps, ascending. */
export function alikeStretches(other: readonly Said[], said: readonly Said[]): AlikeStretch[] {
  const [theirs, own] = [stepsOf(other), stepsOf(said)];
  const places = new Map<number, number>();
  for (const [place, window] of windowsOf(theirs).entries()) {
    if (!Number.isNaN(window)) places.getOrInsert(window, place);
  }
  const found: AlikeStretch[] = [];
  const windows = windowsOf(own);
  for (let place = 0; place < windows.length; place++) {
    const their = places.get(windows[place] as number);
    if (their === undefined) continue;
    // What only ticks goes before a window that doesn't: it belongs to the stretch all the same.
    let before = 0;
    const least = (found.at(-1)?.to ?? Number.NEGATIVE_INFINITY) as number;
    while (
      before < Math.min(their, place) &&
      (said[place - before - 1] as Said).ts >= least &&
      theirs.words[their - before - 1] === own.words[place - before - 1]
    )
      before++;
    const events = before + alikeFrom(theirs, their, own, place);
    // Other steps can have the same hash.
    if (events - before < STEPS_OF_WINDOW) continue;
    found.push(stretchOf({ other, said, own, their: their - before, first: place - before, events }));
    place += events - before - 1;
  }
  return found;
}

/** For how many steps both go on alike. */
function alikeFrom(theirs: Steps, their: number, own: Steps, place: number): number {
  let length = 0;
  while (their + length < theirs.words.length && theirs.words[their + length] === own.words[place + length]) {
    length++;
  }
  return length;
}

interface Found {
  readonly other: readonly Said[];
  readonly said: readonly Said[];
  readonly own: Steps;
  readonly their: number;
  readonly first: number;
  readonly events: number;
}

/** What a stretch is like whose first step follows on `said[first]`. */
export function stretchOf({ other, said, own, their, first, events }: Found): AlikeStretch {
  const [from, to] = [said[first] as Said, said[first + events] as Said];
  return {
    ...{ from: from.ts, to: to.ts, events, shiftMs: from.ts - (other[their] as Said).ts },
    counts: said.slice(first + 1, first + events + 1).filter(({ what }) => what.startsWith('+')).length,
    differentGaps: new Set(own.gaps.slice(first, first + events)).size,
  };
}
