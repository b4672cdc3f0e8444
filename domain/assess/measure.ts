import type { CatalogueEntry } from '../catalogue-entry.ts';
import type { MachinePath } from '../path.ts';
import type { Evidence, WindowEvidence } from './evidence.ts';
import type { PartReason } from './part-reasons.ts';
import type { Bilingual } from './register.ts';
import type { Group, Verification } from './rubric.ts';

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
  /** Of the ledger cells behind it; `null`: it comes from the register alone, from days heard, or from single machines. */
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
  /** Whether it counts in the numerator; `null` where the measure isn't a count, or where that isn't known. */
  readonly counts: boolean | null;
  /** Why it doesn't count, or has no value. */
  readonly because: PartReason | null;
}

/** Something that an assessment can measure: one entry of `measures/`. */
export interface Measure extends CatalogueEntry {
  /** How well `source` is verified. */
  readonly verification: Verification;
  readonly definition: Bilingual;
  /** What the denominator is, in words, for any group; with the group's name it stands beside the figure (`termsOf`). */
  readonly denominator: Bilingual;
  /** What the denominator is made of: a group chooses equipment or machines, and has no say over processes. */
  readonly of: 'equipment' | 'machines' | 'processes';
  readonly unit: string;
  /** The largest value that makes sense; `null`: without end. */
  readonly max: number | null;
  readonly trend: 'higher-is-better' | 'lower-is-better';
  /** Where it comes from; a declared figure can be checked against `telemetry`. */
  readonly basis: 'telemetry' | 'register';
  measure(input: {
    readonly evidence: Evidence;
    readonly window: WindowEvidence;
    readonly group: Group;
  }): Measured;
}
