import type { Measured } from '../measure.ts';
import type { Bilingual } from '../register.ts';
import type { MeasureReference } from '../rubric.ts';
import { windowKey } from '../windows.ts';

/** What a rubric's reference stands for, and what it gives for the evidence at hand. */
export interface Instrument {
  readonly name: Bilingual;
  readonly unit: string;
  /** The largest value that makes sense; `null`: without end. */
  readonly max: number | null;
  readonly measured: Measured;
}

/** Reads a reference off the evidence; the same reference always gives the same. */
export type Instruments = (what: MeasureReference) => Instrument;

/** Equal for references that ask for the same. */
export function referenceKey(what: MeasureReference): string {
  if ('register' in what) {
    const { count, where, of } = what.register;
    return `register ${count} ${[...where].sort().join('+')} of ${[...of].sort().join('+')}`;
  }
  return `${what.measure} ${what.group} ${windowKey(what.window)}`;
}
