import { randomOf } from '../../../simulators/random.ts';

/** What mutators draw from. */
export interface Dice {
  /** An integer from 0 to below `count`. */
  below(count: number): number;
  one<T>(choices: readonly T[]): T;
  chance(share: number): boolean;
}

export function diceOf(...name: readonly (string | number)[]): Dice {
  const random = randomOf(...name);
  const below = (count: number): number => Math.floor(random() * count);
  return {
    below,
    one: (choices) => choices[below(choices.length)] as (typeof choices)[number],
    chance: (share) => random() < share,
  };
}
