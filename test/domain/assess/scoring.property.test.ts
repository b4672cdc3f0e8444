import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding, Score, Scores } from '../../../domain/assess/assessment.ts';
import { findingsOf } from '../../../domain/assess/findings/findings.ts';
import { compareFractions, type Fraction, ONE, times, total, ZERO } from '../../../domain/assess/fraction.ts';
import { gapsOf } from '../../../domain/assess/levels/gaps.ts';
import { levelsOf } from '../../../domain/assess/levels/levels.ts';
import { indicatorsOf, type Rubric } from '../../../domain/assess/rubric.ts';
import { scoresOf } from '../../../domain/assess/scores/scores.ts';
import { sharesOf } from '../../../domain/assess/scores/shares.ts';
import { weightsOf } from '../../../domain/assess/scores/weights.ts';
import { exampleOf } from './example.ts';
import { type Facts, facts, MEASURES } from './short-facts.ts';
import { rubricOf } from './short-rubric.ts';

const NUM_RUNS = 500;

function scored(given: Facts) {
  const { rubric, ...known } = exampleOf({ why: '', expect: {}, ...given });
  const findings = findingsOf(rubric, known);
  const scores = scoresOf(rubric, findings);
  const standing = { rubric, findings, scores, instruments: known.instruments };
  const level = levelsOf(standing);
  return { rubric, findings, scores, level, gaps: gapsOf(standing, level) };
}

const isAtMost = (a: Fraction, b: Fraction): boolean => compareFractions(a, b) <= 0;

const allScores = ({ total: whole, elements }: Scores): Score[] =>
  [
    whole,
    ...elements.flatMap(({ score, domains }) => [score, ...domains.map((domain) => domain.score)]),
  ].filter((score) => score !== null);

describe('weights', () => {
  test('are shares of one among those that apply, at every height', () => {
    const oneOrNothing = (parts: readonly Fraction[]) => expect([ZERO, ONE]).toContainEqual(total(parts));
    fc.assert(
      fc.property(facts, (given) => {
        const { rubric, findings, scores } = scored(given);
        oneOrNothing(scores.elements.map(({ weight }) => weight));
        for (const { domains } of scores.elements) oneOrNothing(domains.map(({ weight }) => weight));
        const whole = total([...sharesOf(rubric, findings).values()]);
        expect(whole).toEqual(findings.some(({ outcome }) => outcome !== 'not-applicable') ? ONE : ZERO);
      }),
      { numRuns: NUM_RUNS },
    );
  });

  const sharesWithout = (rubric: Rubric, without: string | undefined) =>
    new Map(
      weightsOf(rubric, ({ id }) => id !== without).flatMap(({ domains }) =>
        domains.flatMap((domain) =>
          domain.indicators.map(
            ({ id, share, ofTotal }) => [id, { domain: domain.id, share, ofTotal }] as const,
          ),
        ),
      ),
    );

  test('of what is left keep their relation when something does not apply', () => {
    fc.assert(
      fc.property(facts, fc.nat(), (given, nth) => {
        const rubric = rubricOf(given.rubric);
        const ids = [...indicatorsOf(rubric)].map(({ indicator }) => indicator.id);
        const gone = ids[nth % ids.length] as string;
        const left = ids.filter((id) => id !== gone);
        const [all, some] = [sharesWithout(rubric, undefined), sharesWithout(rubric, gone)];
        const isAdditive = Object.keys(given.rubric.weights ?? {}).length === 0;
        for (const one of left) {
          for (const other of left) {
            const [a, b, c, d] = [all.get(one), all.get(other), some.get(one), some.get(other)];
            if (!a || !b || !c || !d) throw new Error('an indicator without a share');
            if (a.domain === b.domain) expect(times(a.share, d.share)).toEqual(times(b.share, c.share));
            if (isAdditive) expect(times(a.ofTotal, d.ofTotal)).toEqual(times(b.ofTotal, c.ofTotal));
          }
        }
      }),
      { numRuns: NUM_RUNS },
    );
  });
});

describe('scores', () => {
  test('lie between their bounds, and these between nothing and one', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { findings, scores } = scored(given);
        for (const { value, low, high } of allScores(scores)) {
          expect(isAtMost(ZERO, low) && isAtMost(low, high) && isAtMost(high, ONE)).toBe(true);
          if (value) expect(isAtMost(low, value) && isAtMost(value, high)).toBe(true);
        }
        for (const finding of findings) {
          if (finding.outcome !== 'scored') continue;
          const { low, points, high, highest } = finding;
          expect([low, points, high, highest].toSorted(compareFractions)).toEqual([
            low,
            points,
            high,
            highest,
          ]);
        }
      }),
      { numRuns: NUM_RUNS },
    );
  });

  test('are never lowered by a higher measured value where higher is better', () => {
    fc.assert(
      fc.property(
        facts,
        fc.constantFrom(...MEASURES),
        fc.integer({ min: 1, max: 20 }),
        (given, id, steps) => {
          const measure = given.measures?.[id];
          if (typeof measure !== 'object' || measure === null) return;
          const raised = (part: number | null | undefined) => Math.min(1, (part ?? 0) + steps / 20);
          const { value, low, high } = measure;
          const higher = { ...measure, value: raised(value), low: raised(low), high: raised(high) };
          const before = scored(given);
          const after = scored({ ...given, measures: { ...given.measures, [id]: higher } });
          // A missing finding, or one that only a cap gives, stands in the upper bound with its highest; one that is
          // found now may be less.
          const same = ({ findings }: Score, now: Score) =>
            given.rubric.dependencies?.length === 0 && findings.noEvidence === now.findings.noEvidence;
          for (const [index, score] of allScores(before.scores).entries()) {
            const now = allScores(after.scores)[index] as Score;
            expect(isAtMost(score.low, now.low)).toBe(true);
            if (score.value && now.value) expect(isAtMost(score.value, now.value)).toBe(true);
            if (same(score, now)) expect(isAtMost(score.high, now.high)).toBe(true);
          }
          const height = (level: string | null) => ['one', 'two'].indexOf(level ?? '');
          expect(height(after.level.reached)).toBeGreaterThanOrEqual(height(before.level.reached));
          const [was, is] = [before.scores.total, after.scores.total];
          if (was && is && same(was, is)) {
            expect(height(after.level.possible)).toBeGreaterThanOrEqual(height(before.level.possible));
          }
        },
      ),
      { numRuns: NUM_RUNS },
    );
  });
});

test('one missing fact changes only the findings that ask for it, and widens the bounds', () => {
  const asksFor = ({ evidence }: Finding, id: string) =>
    evidence.some(({ what }) => 'measure' in what && what.measure === id);
  fc.assert(
    fc.property(facts, fc.constantFrom(...MEASURES), (made, id) => {
      // Without caps: there one answer is a fact of another's finding.
      const given = { ...made, rubric: { ...made.rubric, dependencies: [] } };
      const before = scored(given);
      const after = scored({ ...given, measures: { ...given.measures, [id]: null } });
      for (const [index, finding] of before.findings.entries()) {
        if (!asksFor(finding, id)) expect(after.findings[index]).toEqual(finding);
      }
      for (const [index, score] of allScores(before.scores).entries()) {
        const now = allScores(after.scores)[index] as Score;
        expect(isAtMost(now.low, score.low) && isAtMost(score.high, now.high)).toBe(true);
      }
    }),
    { numRuns: NUM_RUNS },
  );
});

test('levels are climbed one by one, what is reached is possible, and gaps are sorted and no losses', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const { level, gaps } = scored(given);
      const height = (id: string | null) => ['one', 'two'].indexOf(id ?? '');
      expect(height(level.possible)).toBeGreaterThanOrEqual(height(level.reached));
      if (level.unknownTimeCouldChangeIt) expect(level.possible).not.toBe(level.reached);
      if (level.reached === 'two') expect(gaps).toEqual([]);
      for (const [index, gap] of gaps.entries()) {
        expect(isAtMost(ZERO, gap.points) && isAtMost(gap.score, gaps[index - 1]?.score ?? ONE)).toBe(true);
        expect(gap.gates.length).toBeGreaterThan(0);
      }
      const steps = gaps.flatMap(({ step }) => step ?? []).sort((a, b) => a - b);
      expect(steps).toEqual(steps.map((_, index) => index + 1));
    }),
    { numRuns: NUM_RUNS },
  );
});
