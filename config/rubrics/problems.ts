import { compareFractions, fractionText } from '../../domain/assess/fraction.ts';
import { type Indicator, indicatorsOf, type Rubric } from '../../domain/assess/rubric.ts';
import type { FileProblem } from '../yaml-source.ts';
import { dependencyProblems } from './dependency-problems.ts';
import { indicatorProblems } from './indicator-problems.ts';
import { levelProblems, THE_WHOLE } from './level-problems.ts';
import { type KnownMeasure, type Path, twice } from './references.ts';
import { highestPoints } from './rubric-of.ts';

/** Checks what a schema can't: names, references, bands, weights, dependencies. Each problem says what to do. */
export function rubricProblems(rubric: Rubric, measures: readonly KnownMeasure[]): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const { effective } = rubric;
  if (effective.to !== null && effective.to < effective.from) {
    problems.push({ path: ['effective', 'to'], message: 'the rubric ends before it begins; correct a date' });
  }
  twice(rubric.levels, ['levels'], 'level', problems);
  twice(rubric.elements, ['elements'], 'element', problems);
  const places = placesOf(rubric, problems);
  for (const [path, indicator] of places) {
    problems.push(...indicatorProblems(rubric, indicator, path, measures));
  }
  const [first] = indicatorsOf(rubric);
  if (!first) {
    problems.push({ path: ['elements'], message: 'no domain has an indicator; add one, or extend a rubric' });
  }
  problems.push(...levelProblems(rubric, measures), ...dependencyProblems(rubric));
  return problems;
}

/** Every indicator with its place in the file; says where an id is given twice or points don't add up. */
function placesOf(rubric: Rubric, problems: FileProblem[]): readonly (readonly [Path, Indicator])[] {
  const found: [Path, Indicator][] = [];
  const ids = new Map([[THE_WHOLE, 'the whole']]);
  const claim = (id: string, kind: string, path: Path): void => {
    const taken = ids.get(id);
    if (taken) {
      const message = `"${id}" is the name of ${taken} already; gates could mean either, so choose another`;
      problems.push({ path: [...path, 'id'], message });
    } else ids.set(id, kind);
  };
  for (const [nth, element] of rubric.elements.entries()) {
    claim(element.id, 'an element', ['elements', nth]);
    for (const [mth, domain] of element.domains.entries()) {
      const here = ['elements', nth, 'domains', mth];
      claim(domain.id, 'a domain', here);
      if (domain.publishedPoints && compareFractions(highestPoints(domain), domain.publishedPoints) > 0) {
        const message = `the indicators come to ${fractionText(highestPoints(domain))} points, more than the ${fractionText(domain.publishedPoints)} published for the domain; correct one of them`;
        problems.push({ path: [...here, 'publishedPoints'], message });
      }
      for (const [kth, indicator] of domain.indicators.entries()) {
        const path = [...here, 'indicators', kth];
        claim(indicator.id, 'an indicator', path);
        found.push([path, indicator]);
      }
    }
  }
  return found;
}
