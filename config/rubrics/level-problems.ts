import { compareFractions, fractionText, ONE } from '../../domain/assess/fraction.ts';
import { indicatorsOf, type Rubric } from '../../domain/assess/rubric.ts';
import type { FileProblem } from '../yaml-source.ts';
import { answerProblems, conditionProblems, type KnownMeasure, twice, unknown } from './references.ts';

/** The name that a gate gives to the whole; no part can have it. */
export const THE_WHOLE = 'total';

/** What is wrong with the levels and their gates. */
export function levelProblems(rubric: Rubric, measures: readonly KnownMeasure[]): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const indicators = [...indicatorsOf(rubric)].map(({ indicator }) => indicator);
  const parts = [
    { id: THE_WHOLE },
    ...rubric.elements,
    ...rubric.elements.flatMap(({ domains }) => domains),
    ...indicators,
  ];
  for (const [nth, level] of rubric.levels.entries()) {
    twice(level.gates, ['levels', nth, 'gates'], 'gate', problems);
    for (const [mth, gate] of level.gates.entries()) {
      const here = ['levels', nth, 'gates', mth];
      if (gate.kind === 'measure') {
        problems.push(...conditionProblems(gate.condition, [...here, 'measure'], measures));
      } else if (gate.kind === 'score') {
        if (!parts.some(({ id }) => id === gate.of)) {
          problems.push({ path: [...here, 'score', 'of'], message: unknown('part', gate.of, parts) });
        }
        if (compareFractions(gate.atLeast, ONE) > 0) {
          const message = `${fractionText(gate.atLeast)} can't be reached: a score is a share, 0 to 1`;
          problems.push({ path: [...here, 'score', 'atLeast'], message });
        }
      } else problems.push(...answerProblems(indicators, gate.indicator, gate.option, [...here, 'option']));
    }
  }
  return problems;
}
