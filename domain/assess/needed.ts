import type { Gap } from './assessment.ts';
import { indicatorsOf, type Option, type Rubric } from './rubric.ts';
import { termsOf } from './terms.ts';

/** What a gap asks for: an answer, or a value in its unit. */
export type Needed =
  | { readonly kind: 'answer'; readonly option: Option }
  | { readonly kind: 'value'; readonly value: number; readonly unit: string };

/** In the words of the rubric that the gap was found by; `null`: the gap can't say what is needed. */
export function neededOf({ indicator: id, gates, needed }: Gap, rubric: Rubric): Needed | null {
  const scoring = [...indicatorsOf(rubric)].find(({ indicator }) => indicator.id === id)?.indicator.scoring;
  if (scoring?.kind === 'options') {
    const option = scoring.options.find((one) => one.id === needed.option);
    if (option) return { kind: 'answer', option };
  }
  if (needed.value === null) return null;
  const gate = rubric.levels.flatMap((level) => level.gates).find((one) => one.id === gates[0]);
  const what =
    scoring?.kind === 'bands' ? scoring.what : gate?.kind === 'measure' ? gate.condition.what : undefined;
  // A gate on a score asks for a share of it.
  return { kind: 'value', value: needed.value, unit: what ? termsOf(what).unit : '1' };
}

/** Gaps in the order in which to see to them: a smallest set that would be enough, then what else would, then the rest. */
export const leastEffortFirst = (gaps: readonly Gap[]): readonly Gap[] => {
  const rank = ({ step, enoughAlone }: Gap): number =>
    step ?? (enoughAlone ? gaps.length + 1 : gaps.length + 2);
  return gaps.toSorted((a, b) => rank(a) - rank(b));
};
