import type { Assessment, DeclaredComparison } from './assessment.ts';
import { benefitResults } from './benefit-results.ts';
import { declaredComparisons } from './declared-comparison.ts';
import type { Entry, Evidence } from './evidence.ts';
import { withGrade } from './evidence-grade.ts';
import { findingsOf, referencesOf } from './findings/findings.ts';
import { instrumentsOf } from './findings/instruments-of.ts';
import { gapsOf } from './levels/gaps.ts';
import { levelsOf } from './levels/levels.ts';
import { indicatorsOf, type Rubric } from './rubric.ts';
import { scoresOf } from './scores/scores.ts';

export interface Facts {
  readonly evidence: Evidence;
  readonly rubric: Rubric;
  /** SHA-256 of the rubric's canonical JSON. */
  readonly rubricDigest: string;
  readonly entries: readonly Entry[];
}

/**
 * Judges the facts by the rubric: findings, scores, levels, gaps. A function of its arguments alone, so the same ones give
 * the same assessment, to the byte. Throws a RangeError for a rubric that its check would refuse: an unknown measure,
 * option or part, or dependencies in a circle.
 */
export function assess(facts: Facts): Assessment {
  const steps = assessing(facts);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same in steps, of which none is long even where ten thousand pieces of equipment are registered. */
export function* assessing(facts: Facts): Generator<void, Assessment, void> {
  const { evidence, rubric, entries } = facts;
  const { id, version, title, source } = rubric;
  const instruments = instrumentsOf(evidence);
  // Whatever is measured is read off the evidence once, and takes nearly all of the time.
  for (const { indicator } of indicatorsOf(rubric)) {
    for (const what of referencesOf(indicator)) {
      instruments(what);
      yield;
    }
  }
  const found = findingsOf(rubric, { pilot: evidence.pilot, entries, instruments });
  const findings = found.map(withGrade(evidence));
  yield;
  const scores = scoresOf(rubric, findings);
  const standing = { rubric, findings, scores, instruments };
  const level = levelsOf(standing);
  yield;
  const gaps = gapsOf(standing, level);
  yield;
  const declared: DeclaredComparison[] = [];
  for (const comparison of declaredComparisons(evidence, entries)) {
    declared.push(comparison);
    yield;
  }
  return {
    schema: 'kaidong/assessment/1',
    rubric: { id, version, digest: facts.rubricDigest, title, source },
    period: evidence.period,
    evidence,
    entries,
    findings,
    scores,
    level,
    gaps,
    declared,
    benefits: benefitResults(evidence),
  };
}
