import type { Finding } from '../assessment.ts';
import type { Fraction } from '../fraction.ts';
import type { Rubric } from '../rubric.ts';
import { weightsOf } from './weights.ts';

/** Each indicator's share of the total score, among those that apply. */
export function sharesOf(rubric: Rubric, findings: readonly Finding[]): ReadonlyMap<string, Fraction> {
  const silent = new Set(
    findings.filter(({ outcome }) => outcome === 'not-applicable').map(({ indicator }) => indicator),
  );
  const weights = weightsOf(rubric, ({ id }) => !silent.has(id));
  const indicators = weights.flatMap(({ domains }) => domains).flatMap((domain) => domain.indicators);
  return new Map(indicators.map(({ id, ofTotal }) => [id, ofTotal]));
}
