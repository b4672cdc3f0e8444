import type { Indicator, Rubric } from '../../domain/assess/rubric.ts';
import type { FileProblem } from '../yaml-source.ts';
import { bandProblems } from './band-problems.ts';
import {
  conditionProblems,
  type KnownMeasure,
  type Path,
  referenceProblems,
  twice,
  unknown,
} from './references.ts';

/** What is wrong with an indicator of the rubric. */
export function indicatorProblems(
  rubric: Rubric,
  indicator: Indicator,
  path: Path,
  measures: readonly KnownMeasure[],
): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const { scoring, kind } = indicator;
  for (const type of indicator.processTypes) {
    if (!rubric.processTypes.includes(type)) {
      const message = `the rubric isn't for the ${type} type; add it to the rubric's processTypes or remove it here`;
      problems.push({ path: [...path, 'processTypes'], message });
    }
  }
  for (const [nth, what] of indicator.evidence.entries()) {
    problems.push(...referenceProblems(what, [...path, 'evidence', nth], measures));
  }
  if (scoring.kind === 'bands') {
    if (kind === 'judged') {
      const message = 'a judged indicator needs options for the assessor to choose from; bands score a value';
      problems.push({ path: [...path, 'bands'], message });
    }
    problems.push(
      ...referenceProblems(scoring.what, [...path, 'bands', 'of'], measures),
      ...bandProblems(scoring, [...path, 'bands'], measures),
    );
    return problems;
  }
  twice(scoring.options, [...path, 'options'], 'option', problems);
  const measured = scoring.options.some(({ when }) => when.length > 0);
  if (kind === 'measured' && !measured) {
    const message =
      'no option has a `when`, so nothing could be measured; make the indicator judged, or add one';
    problems.push({ path: [...path, 'options'], message });
  }
  for (const [nth, option] of scoring.options.entries()) {
    const here = [...path, 'options', nth];
    if (option.level !== null && !rubric.levels.some(({ id }) => id === option.level)) {
      problems.push({ path: [...here, 'level'], message: unknown('level', option.level, rubric.levels) });
    }
    for (const [mth, condition] of option.when.entries()) {
      problems.push(...conditionProblems(condition, [...here, 'when', mth], measures));
    }
  }
  return problems;
}
