import { benefitNamed } from '../benefits/index.ts';
import type { Evidence } from '../evidence.ts';
import type { Measure, Measured } from '../measure.ts';
import { measureOf } from '../measure-of.ts';
import { measureNamed } from '../measures/index.ts';
import { windowOf } from '../windows.ts';
import { type OtherDenominator, otherDenominators } from './other-denominators.ts';

/** What a declared figure is compared with: the measure over all registered equipment, in the whole period. */
export interface Subject {
  readonly unit: string;
  readonly alsoWritten: readonly string[];
  readonly max: number | null;
  readonly basis: Measure['basis'];
  /** Whether the value is a count of equipment, so that silence can only lower it. */
  readonly counted: boolean;
  readonly measured: Measured;
  readonly others: readonly OtherDenominator[];
}

/** `undefined`: neither telemetry nor register gives the figure. */
export function subjectOf(figure: string, evidence: Evidence): Subject | undefined {
  const measure = measureNamed(figure);
  if (measure) {
    const measured = measureOf({ measure: figure, group: 'registered', window: 'period' }, evidence);
    const { unit, max, basis } = measure;
    const others = otherDenominators(measure, measured, evidence);
    return { unit, alsoWritten: [], max, basis, counted: measure.of === 'equipment', measured, others };
  }
  const how = benefitNamed(figure)?.measured;
  const window = windowOf(evidence, 'period');
  if (!how || !window) return undefined;
  const { unit, alsoWritten, max } = how;
  const measured = how.measure(window);
  return { unit, alsoWritten, max, basis: 'telemetry', counted: false, measured, others: [] };
}
