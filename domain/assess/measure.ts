import type { CatalogueEntry } from '../catalogue-entry.ts';
import type { MachinePath } from '../path.ts';
import type { Evidence, WindowEvidence } from './evidence.ts';
import type { Bilingual } from './register.ts';
import type { Group } from './rubric.ts';

/** A measured value with its bounds and proof; `value` is `numerator / denominator` where both are given. */
export interface Measured {
  readonly value: number | null;
  /** If all unknown time counted against it, and for it; `null` where no bound can be given. */
  readonly low: number | null;
  readonly high: number | null;
  readonly numerator: bigint | null;
  readonly denominator: bigint | null;
  readonly coverage: number | null;
  /** Too little is known to judge by it. */
  readonly notAssessable: boolean;
  readonly flags: readonly string[];
  /** Of the ledger cells behind it; `null`: it comes from the register alone, or from days heard. */
  readonly proof: {
    readonly revision: number;
    readonly digest: string;
    readonly formulaVersion: string;
  } | null;
  /** What each machine or piece of equipment contributes: the ones to look at first come first. */
  readonly parts: readonly MeasuredPart[];
}

export interface MeasuredPart {
  /** Equipment id, process id, or the machine's path where it isn't registered. */
  readonly id: string;
  readonly machine: MachinePath | null;
  readonly value: number | null;
  /** Whether it counts in the numerator; `null` where the measure isn't a count. */
  readonly counts: boolean | null;
  /** Why it doesn't, e.g. `never-heard`, `heard-too-rarely`, `no-machine`, `not-numerically-controlled`. */
  readonly because: string | null;
}

/** Something that an assessment can measure: one entry of `measures/`. */
export interface Measure extends CatalogueEntry {
  readonly definition: Bilingual;
  /** What the denominator is, in words; stands beside the figure wherever it is shown. */
  readonly denominator: Bilingual;
  readonly unit: string;
  readonly trend: 'higher-is-better' | 'lower-is-better';
  /** Where it comes from; a declared figure can be checked against `telemetry`. */
  readonly basis: 'telemetry' | 'register';
  measure(input: {
    readonly evidence: Evidence;
    readonly window: WindowEvidence;
    readonly group: Group;
  }): Measured;
}
