import type { CatalogueEntry } from '../catalogue-entry.ts';
import type { WindowEvidence } from './evidence.ts';
import type { Measured } from './measure.ts';
import type { Bilingual } from './register.ts';
import type { Source, Verification } from './rubric.ts';

/** A figure of effect (成效): the state before the project against the present one. One entry of `benefits/`. */
export interface Benefit extends CatalogueEntry {
  /** How well `source` is verified. */
  readonly verification: Verification;
  readonly definition: Bilingual;
  /** Decides the sign: the gain is (after − before) / before where higher is better, (before − after) / before else. */
  readonly trend: 'higher-is-better' | 'lower-is-better';
  /** What telemetry says of the present; `null`: nothing, the enterprise declares it. */
  readonly measured: {
    readonly unit: string;
    /** Other spellings of the unit, as documents write it. */
    readonly alsoWritten: readonly string[];
    /** The largest value that makes sense; `null`: without end. */
    readonly max: number | null;
    measure(window: WindowEvidence): Measured;
  } | null;
  /** The published average gain of the national excellent level (卓越级), to see whether a gain is plausible. */
  readonly national: { readonly gain: number; readonly source: Source } | null;
}
