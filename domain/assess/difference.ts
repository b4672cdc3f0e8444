import type { Fraction } from './fraction.ts';
import type { Bilingual } from './register.ts';

/** Why two assessments of the same facts differ: one entry for each indicator whose finding or weight isn't the same. */
export interface AssessmentDifference {
  readonly indicator: string;
  /** The first of these that fits; the detail names the others too. */
  readonly change: 'added' | 'removed' | 'outcome' | 'points' | 'weight';
  readonly detail: Bilingual;
  /** What it adds to the total score; `null` where one side has no points. All of them together are the whole difference. */
  readonly score: Fraction | null;
}
