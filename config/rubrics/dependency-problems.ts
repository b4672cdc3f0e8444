import { indicatorsOf, type Rubric } from '../../domain/assess/rubric.ts';
import type { FileProblem } from '../yaml-source.ts';
import { answerProblems } from './references.ts';

/** Dependencies must name what is there, and must not run in a circle: then no answer could be given first. */
export function dependencyProblems(rubric: Rubric): readonly FileProblem[] {
  const problems: FileProblem[] = [];
  const indicators = [...indicatorsOf(rubric)].map(({ indicator }) => indicator);
  const next = new Map<string, string[]>();
  for (const [nth, { answer, caps }] of rubric.dependencies.entries()) {
    const here = ['dependencies', nth];
    problems.push(
      ...answerProblems(indicators, answer.indicator, answer.option, [...here, 'answer']),
      ...answerProblems(indicators, caps.indicator, caps.atMost, [...here, 'caps']),
    );
    const circle = wayBetween(caps.indicator, answer.indicator, next);
    if (circle) {
      const message = `the dependencies run in a circle: ${[answer.indicator, ...circle].join(' → ')}; remove one of them`;
      problems.push({ path: here, message });
    }
    next.set(answer.indicator, [...(next.get(answer.indicator) ?? []), caps.indicator]);
  }
  return problems;
}

/** A way along the dependencies, or `undefined`. */
function wayBetween(
  from: string,
  to: string,
  next: ReadonlyMap<string, readonly string[]>,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] | undefined {
  if (from === to) return [from];
  if (seen.has(from)) return undefined;
  for (const step of next.get(from) ?? []) {
    const way = wayBetween(step, to, next, new Set([...seen, from]));
    if (way) return [from, ...way];
  }
  return undefined;
}
