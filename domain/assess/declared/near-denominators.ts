import type { DifferenceReason } from '../assessment.ts';
import { compareFractions, decimalFraction, doubleOf, fractionDistance } from '../fraction.ts';
import { valueText } from '../words.ts';
import type { Difference } from './difference.ts';

/** Other denominators whose value the declared one is near to, and nearer than to the defined one; the nearest first. */
export function nearDenominators({ subject, evidence, said, found }: Difference): DifferenceReason[] {
  const near = decimalFraction(evidence.settings.discrepancyAbove);
  const apart = fractionDistance(said, found);
  return subject.others
    .map((other) => ({ ...other, distance: fractionDistance(said, other.value) }))
    .filter(({ distance }) => compareFractions(distance, near) <= 0 && compareFractions(distance, apart) < 0)
    .sort((a, b) => compareFractions(a.distance, b.distance))
    .map(({ name, value }) => {
      const share = valueText(doubleOf(value), subject.unit);
      return {
        reason: 'other-denominator',
        detail: {
          zh: `与按“${name.zh}”口径计算的 ${share.zh} 相近`,
          en: `it is near ${share.en}, the value over ${name.en}`,
        },
      };
    });
}
