import type { DeclaredComparison, DifferenceReason } from './assessment.ts';
import { isWithinBounds } from './declared/difference.ts';
import { declaredOf } from './declared/newest.ts';
import { notComparable } from './declared/not-comparable.ts';
import { exactOf } from './declared/other-denominators.ts';
import { differenceReasons } from './declared/reasons.ts';
import { type Subject, subjectOf } from './declared/subject.ts';
import type { Entry, Evidence } from './evidence.ts';
import {
  compareFractions,
  decimalFraction,
  doubleOf,
  type Fraction,
  fractionDistance,
  minus,
  times,
} from './fraction.ts';
import type { DeclaredFigure } from './register.ts';

/**
 * Every present figure that the enterprise states, against what telemetry and register say; in the register's order, of
 * several statements of one figure the newest.
 */
export function* declaredComparisons(
  evidence: Evidence,
  entries: readonly Entry[],
): Generator<DeclaredComparison, void, void> {
  const stated = evidence.pilot.declared.filter(({ role }) => role === 'current').map(({ figure }) => figure);
  for (const figure of new Set(stated)) {
    const declared = declaredOf(evidence.pilot, figure, 'current') as DeclaredFigure;
    yield comparison(declared, evidence, closureOf(figure, entries));
  }
}

type Closure = DeclaredComparison['closure'];

function closureOf(figure: string, entries: readonly Entry[]): Closure {
  const closures = entries.filter((entry) => entry.kind === 'closure');
  return closures.findLast((entry) => entry.figure === figure) ?? null;
}

function comparison(declared: DeclaredFigure, evidence: Evidence, closure: Closure): DeclaredComparison {
  const subject = subjectOf(declared.figure, evidence);
  const fault = notComparable(declared, subject);
  if (fault !== undefined || !subject) {
    return {
      declared,
      measured: subject?.measured ?? null,
      difference: null,
      reasons: [fault as DifferenceReason],
      state: 'not-checkable',
      closure,
    };
  }
  // What can be compared has a value, which is the ratio of two integers.
  const found = exactOf(subject.measured) as Fraction;
  const said = decimalFraction(declared.value);
  const apart = minus(said, found);
  const discrepancy = isDiscrepancy({ said, found, subject, above: evidence.settings.discrepancyAbove });
  const reasons =
    apart.numerator === 0n ? [] : differenceReasons({ declared, subject, evidence, said, found });
  return {
    declared,
    measured: subject.measured,
    difference: doubleOf(apart),
    reasons: discrepancy ? reasons : reasons.filter(isExplained),
    state: stateOf({ declared, subject, discrepancy, closure }),
    closure,
  };
}

/** A small difference needs no explanation, but may have one. */
const isExplained = ({ reason }: DifferenceReason): boolean => reason !== 'unexplained';

/** A ratio may differ by a share of the whole, any other value by that share of what was measured. */
function isDiscrepancy(of: {
  readonly said: Fraction;
  readonly found: Fraction;
  readonly subject: Subject;
  readonly above: number;
}): boolean {
  const { said, found, subject } = of;
  const above = decimalFraction(of.above);
  const allowed = subject.unit === '1' ? above : times(above, found);
  return compareFractions(fractionDistance(said, found), allowed) > 0;
}

/** Too little data is no ground to contradict anybody, unless all of the unknown could not make the value true. */
function stateOf(of: {
  readonly declared: DeclaredFigure;
  readonly subject: Subject;
  readonly discrepancy: boolean;
  readonly closure: Closure;
}): DeclaredComparison['state'] {
  if (!of.discrepancy) return 'agrees';
  if (of.subject.measured.notAssessable && isWithinBounds(of) !== false) return 'not-checkable';
  return of.closure === null ? 'open' : 'closed';
}
