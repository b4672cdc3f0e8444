import { compareFractions } from '../fraction.ts';
import type { Dependency } from '../rubric.ts';
import type { Answer } from './reading.ts';

/** The indicators, each after those whose answers cap it. Throws a RangeError where they run in a circle. */
export function inOrderOfCaps(indicators: readonly string[], dependencies: readonly Dependency[]): string[] {
  const ordered = new Set<string>();
  const visit = (id: string, way: readonly string[]): void => {
    if (ordered.has(id)) return;
    if (way.includes(id)) {
      throw new RangeError(`the dependencies run in a circle: ${[...way, id].join(' → ')}`);
    }
    for (const { answer, caps } of dependencies) {
      if (caps.indicator === id) visit(answer.indicator, [...way, id]);
    }
    ordered.add(id);
  };
  for (const id of indicators) visit(id, []);
  return [...ordered];
}

/** A limit that another indicator's answer sets. */
export interface Cap extends Answer {
  /** The indicator whose answer it is, and how that came about. */
  readonly by: string;
  readonly basis: 'measured' | 'declared' | 'judged';
}

/** The tighter of two limits. */
export const fewer = <A extends Answer>(a: A | undefined, b: A): A =>
  a && compareFractions(a.points, b.points) <= 0 ? a : b;

export const isAbove = (answer: Answer, cap: Answer | undefined): cap is Answer =>
  cap !== undefined && compareFractions(answer.points, cap.points) > 0;

/** The answer, or the limit where it is above that. */
export const capped = (answer: Answer, cap: Answer | undefined): Answer =>
  isAbove(answer, cap) ? { option: cap.option, points: cap.points } : answer;
