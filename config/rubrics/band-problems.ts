import { compareFractions } from '../../domain/assess/fraction.ts';
import type { Scoring } from '../../domain/assess/rubric.ts';
import type { FileProblem } from '../yaml-source.ts';
import { type KnownMeasure, trendOf } from './references.ts';

/** Bands must give every value points exactly once, and never fewer to a better value. */
export function bandProblems(
  { what, bands }: Extract<Scoring, { kind: 'bands' }>,
  path: readonly (string | number)[],
  measures: readonly KnownMeasure[],
): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const at = (nth: number, message: string): void => {
    problems.push({ path: [...path, 'points', nth], message });
  };
  const trend = trendOf(what, measures);
  for (const [nth, band] of bands.entries()) {
    const next = bands[nth + 1];
    if (nth === 0 && band.from !== null)
      at(nth, 'the first band begins without `from`, so that every value has points');
    if (!next && band.to !== null) at(nth, 'the last band ends without `to`, so that every value has points');
    if (band.from !== null && band.to !== null && band.from >= band.to) {
      at(nth, `the band from ${band.from} to ${band.to} is empty; correct one of them`);
    }
    if (!next) continue;
    if (band.to === null || next.from === null || next.from < band.to) {
      at(nth + 1, `the band overlaps the one before it; begin at its end, ${band.to ?? 'which it lacks'}`);
    } else if (next.from > band.to) {
      at(nth + 1, `values from ${band.to} to ${next.from} have no points; begin at ${band.to}`);
    }
    const rise = compareFractions(next.points, band.points);
    if ((trend === 'higher-is-better' && rise < 0) || (trend === 'lower-is-better' && rise > 0)) {
      at(nth + 1, 'a better value would get fewer points; correct the points');
    }
  }
  return problems;
}
