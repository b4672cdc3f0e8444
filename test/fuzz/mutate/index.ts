import type { Seed } from '../corpus.ts';
import { mutateBytes } from './bytes.ts';
import type { Dice } from './dice.ts';
import { mutateJson } from './json.ts';
import { mutateLines } from './lines.ts';
import { mutateTopic } from './topic.ts';
import { mutateWire } from './wire.ts';

/** How a payload of a format is changed, knowing what it is made of; `undefined` where this one isn't. */
export const BY_STRUCTURE = {
  kaidong: mutateJson,
  rules: mutateJson,
  'line-protocol': mutateLines,
  sparkplug: mutateWire,
} satisfies Readonly<Record<string, (payload: Buffer, dice: Dice) => Buffer | undefined>>;

export type Format = keyof typeof BY_STRUCTURE;
export const FORMATS = Object.keys(BY_STRUCTURE) as Format[];

/** A message that is a seed changed once to four times; one in ten has another topic, one in thirty is left as it was. */
export function mutated(format: Format, seeds: readonly Seed[], dice: Dice): Seed {
  const seed = dice.one(seeds);
  let { topic, payload } = seed;
  if (dice.chance(0.1)) topic = mutateTopic(topic, dice);
  if (dice.chance(1 / 30)) return { topic, payload };
  for (let changes = 1 + dice.below(4); changes > 0; changes--) {
    const byStructure = dice.chance(0.7) ? BY_STRUCTURE[format](payload, dice) : undefined;
    payload = byStructure ?? mutateBytes(payload, dice.one(seeds).payload, dice);
    if (payload.length > 65_536) payload = payload.subarray(0, 65_536);
  }
  return { topic, payload };
}
