import { compareFractions, type Fraction, minus, ZERO } from '../fraction.ts';
import type { Gate } from '../rubric.ts';
import type { Standing } from './gates.ts';
import { lackingOf, type Need } from './needs.ts';

/** Several gates may need one indicator; a measure that nothing is scored by is needed by its gate alone. */
export const keyOf = ({ indicator, gate }: Pick<Need, 'indicator' | 'gate'>): string =>
  indicator ?? `gate ${gate}`;

/**
 * The keys of a smallest set of needs that would pass the gates together, in the order in which to see to them: first what
 * the gates can't be passed without; then, of what a score gate lacks, the largest gains, and at last the least that is enough.
 */
export function smallestPlan(
  gates: readonly Gate[],
  needs: readonly Need[],
  standing: Standing,
): readonly string[] {
  const plan = new Set(needs.filter(({ brings }) => brings === null).map(keyOf));
  for (const gate of gates) {
    if (gate.kind !== 'score') continue;
    const here = needs.filter((need) => need.gate === gate.id);
    let lacking = here
      .filter((need) => plan.has(keyOf(need)))
      .reduce((left, need) => minus(left, broughtBy(need)), lackingOf(gate, standing));
    const left = here.filter((need) => need.indicator === need.serves && !plan.has(keyOf(need)));
    while (compareFractions(lacking, ZERO) > 0 && left.length > 0) {
      const next = nextOf(left, lacking);
      left.splice(left.indexOf(next), 1);
      lacking = minus(lacking, broughtBy(next));
      // Whatever would cap it belongs to it, and comes first.
      for (const need of here.toReversed()) if (need.serves === next.indicator) plan.add(keyOf(need));
    }
  }
  return [...plan];
}

/** What a need of a score gate brings. */
const broughtBy = ({ brings }: Need): Fraction => brings as Fraction;

/** The least that is enough for what is lacking; where nothing is, the most. */
function nextOf(needs: readonly Need[], lacking: Fraction): Need {
  const ascending = needs.toSorted((a, b) => compareFractions(broughtBy(a), broughtBy(b)));
  const enough = ascending.find((need) => compareFractions(broughtBy(need), lacking) >= 0);
  return enough ?? (ascending.at(-1) as Need);
}
