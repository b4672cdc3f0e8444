import type { Assessment } from './assessment.ts';
import { benefitResults } from './benefit-results.ts';
import { declaredComparisons } from './declared-comparison.ts';
import type { Entry, Evidence } from './evidence.ts';
import { findingsOf } from './findings/findings.ts';
import { instrumentsOf } from './findings/instruments-of.ts';
import { gapsOf } from './levels/gaps.ts';
import { levelsOf } from './levels/levels.ts';
import type { Rubric } from './rubric.ts';
import { scoresOf } from './scores/scores.ts';

/**
 * Judges the facts by the rubric: findings, scores, levels, gaps. A function of its arguments alone, so the same ones give
 * the same assessment, to the byte. Throws a RangeError for a rubric that its check would refuse: an unknown measure,
 * option or part, or dependencies in a circle.
 */
export function assess(facts: {
  readonly evidence: Evidence;
  readonly rubric: Rubric;
  /** SHA-256 of the rubric's canonical JSON. */
  readonly rubricDigest: string;
  readonly entries: readonly Entry[];
}): Assessment {
  const { evidence, rubric, entries } = facts;
  const { id, version, title, source } = rubric;
  const instruments = instrumentsOf(evidence);
  const findings = findingsOf(rubric, { pilot: evidence.pilot, entries, instruments });
  const scores = scoresOf(rubric, findings);
  const standing = { rubric, findings, scores, instruments };
  const level = levelsOf(standing);
  return {
    schema: 'kaidong/assessment/1',
    rubric: { id, version, digest: facts.rubricDigest, title, source },
    period: evidence.period,
    evidence,
    entries,
    findings,
    scores,
    level,
    gaps: gapsOf(standing, level),
    declared: declaredComparisons(evidence, entries),
    benefits: benefitResults(evidence),
  };
}
