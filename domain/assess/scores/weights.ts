import { highestOf } from '../findings/reading.ts';
import { type Fraction, over, plus, times, total, ZERO } from '../fraction.ts';
import type { Indicator, Rubric } from '../rubric.ts';

/** A node of the rubric with its share among its siblings and of the total; both nothing where it doesn't count. */
export interface Weighted {
  readonly id: string;
  readonly share: Fraction;
  readonly ofTotal: Fraction;
}

export interface WeightedDomain extends Weighted {
  readonly indicators: readonly Weighted[];
}

export interface WeightedElement extends Weighted {
  readonly domains: readonly WeightedDomain[];
}

export const isNothing = ({ numerator }: Fraction): boolean => numerator === 0n;

/** A node before its siblings are known: its weight as the rubric has it, or the sum of what counts below. */
interface Raw<Below> {
  readonly id: string;
  readonly weight: Fraction;
  readonly below: readonly Below[];
}

function raw<Below extends { readonly weight: Fraction }>(
  { id, weight }: { readonly id: string; readonly weight: Fraction | null },
  below: readonly Below[],
): Raw<Below> {
  const sum = total(below.map((node) => node.weight));
  return { id, weight: isNothing(sum) ? ZERO : (weight ?? sum), below };
}

/** Shares of a whole; nothing each where there is nothing to share. */
function shared<Node extends { readonly weight: Fraction }, Result>(
  nodes: readonly Node[],
  part: (node: Node, share: Fraction) => Result,
): Result[] {
  const sum = total(nodes.map(({ weight }) => weight));
  return nodes.map((node) => part(node, isNothing(sum) ? ZERO : over(node.weight, sum)));
}

/**
 * Every node's share, normalised among those that count: what doesn't apply leaves the relative weights of the others as
 * they are, and a node below which nothing counts drops out.
 */
export function weightsOf(rubric: Rubric, applies: (indicator: Indicator) => boolean): WeightedElement[] {
  const elements = rubric.elements.map((element) =>
    raw(
      element,
      element.domains.map((domain) =>
        raw(
          domain,
          domain.indicators.map((indicator) => {
            const highest = highestOf(indicator.scoring);
            const counts = applies(indicator) && !isNothing(highest);
            return { id: indicator.id, weight: counts ? (indicator.weight ?? highest) : ZERO };
          }),
        ),
      ),
    ),
  );
  return shared(elements, (element, ofElement) => ({
    id: element.id,
    share: ofElement,
    ofTotal: ofElement,
    domains: shared(element.below, (domain, ofDomain) => ({
      id: domain.id,
      share: ofDomain,
      ofTotal: times(ofElement, ofDomain),
      indicators: shared(domain.below, ({ id }, share) => ({
        id,
        share,
        ofTotal: times(times(ofElement, ofDomain), share),
      })),
    })),
  }));
}

/** A weighted mean of shares, exact. */
export const weightedSum = (
  parts: readonly { readonly share: Fraction; readonly of: Fraction }[],
): Fraction => parts.reduce((sum, { share, of }) => plus(sum, times(share, of)), ZERO);
