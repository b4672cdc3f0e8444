import type { Measured } from '../measure.ts';
import type { Condition } from '../rubric.ts';
import type { Instrument, Instruments } from './instrument.ts';

/** Whether something holds: whatever the unknown time was, as measured, and if the unknown time was favourable. */
export interface Truth {
  readonly certain: boolean;
  /** `null`: can't be decided. */
  readonly holds: boolean | null;
  readonly possible: boolean;
}

export const HOLDS: Truth = { certain: true, holds: true, possible: true };

/** Whether a value can be judged by at all. */
export const isKnown = ({ value, notAssessable }: Measured): boolean => value !== null && !notAssessable;

/** Whether unknown time is why a value can't be judged by: with it known, there would be one. */
export const lacksTime = ({ value, low, high, notAssessable }: Measured): boolean =>
  notAssessable || (value === null && low !== null && high !== null);

/**
 * The span in which the value lies, whatever the unknown time was. Where no bound can be given, a value that can be
 * judged by stands for itself; `undefined`: it may be anything.
 */
export function rangeOf(measured: Measured): { readonly least: number; readonly most: number } | undefined {
  const known = isKnown(measured) ? measured.value : null;
  const [low, high] = [measured.low ?? known, measured.high ?? known];
  if (low === null || high === null) return undefined;
  const ends = known === null ? [low, high] : [low, known, high];
  return { least: Math.min(...ends), most: Math.max(...ends) };
}

/** Whether a value lies on the right side of the limit, which itself belongs to it. */
export const meets = ({ atLeast, atMost }: Pick<Condition, 'atLeast' | 'atMost'>, value: number): boolean =>
  (atLeast === null || value >= atLeast) && (atMost === null || value <= atMost);

/** A condition asks for one side only, so what holds at both ends of a span holds in all of it. */
export function truthOf(condition: Pick<Condition, 'atLeast' | 'atMost'>, measured: Measured): Truth {
  const range = rangeOf(measured);
  const ends = range ? [range.least, range.most].map((end) => meets(condition, end)) : [false, true];
  const known = isKnown(measured);
  return {
    certain: known && !ends.includes(false),
    holds: known ? meets(condition, measured.value as number) : null,
    possible: ends.includes(true),
  };
}

/** All of them together: one that fails settles it, whatever can't be decided. */
export function allOf(truths: readonly Truth[]): Truth {
  const failed = truths.some(({ holds }) => holds === false);
  const open = truths.some(({ holds }) => holds === null);
  return {
    certain: truths.every(({ certain }) => certain),
    holds: failed ? false : open ? null : true,
    possible: truths.every(({ possible }) => possible),
  };
}

/** A condition with what it was held against. */
export interface Held {
  readonly condition: Condition;
  readonly instrument: Instrument;
  readonly truth: Truth;
}

export function hold(condition: Condition, instruments: Instruments): Held {
  const instrument = instruments(condition.what);
  return { condition, instrument, truth: truthOf(condition, instrument.measured) };
}
