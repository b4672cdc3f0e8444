import type { Finding, Score, ScoreOf, Scores } from '../assessment.ts';
import { type Fraction, ONE, over, plus, ZERO } from '../fraction.ts';
import type { Rubric } from '../rubric.ts';
import { isNothing, weightedSum, weightsOf } from './weights.ts';

/** Findings weighed by the rubric: domains, elements and the total. */
export function scoresOf(rubric: Rubric, findings: readonly Finding[]): Scores {
  const found = new Map(findings.map((finding) => [finding.indicator, finding]));
  const weights = weightsOf(rubric, ({ id }) => {
    const finding = found.get(id);
    return finding !== undefined && finding.outcome !== 'not-applicable';
  });
  const elements = weights.map(({ id, share, domains }) => {
    const below = domains.map((domain) => {
      const parts = domain.indicators.map((indicator) => ({
        share: indicator.share,
        score: indicatorScore(found.get(indicator.id) as Finding),
      }));
      return { id: domain.id, share: domain.share, parts, score: weighed(parts) };
    });
    return { id, share, parts: below, score: weighed(below) };
  });
  return {
    total: applicable(elements),
    elements: elements.map((element) => ({
      ...scoreOf(element),
      domains: element.parts.map(scoreOf),
    })),
  };
}

/** The score of an element, a domain, or all (`total`); `undefined`: there is no such part. */
export function scoreNamed({ total, elements }: Scores, id: string): Score | null | undefined {
  if (id === 'total') return total;
  const parts: readonly ScoreOf[] = elements.flatMap((element) => [element, ...element.domains]);
  return parts.find((part) => part.id === id)?.score;
}

/** What a node brings to the one above it. */
interface Part {
  readonly share: Fraction;
  readonly score: Score;
}

const scoreOf = (node: {
  readonly id: string;
  readonly share: Fraction;
  readonly parts: readonly Part[];
}): ScoreOf => ({
  id: node.id,
  score: applicable(node.parts),
  weight: node.share,
});

/** `null` where no part counts. */
const applicable = (parts: readonly Part[]): Score | null =>
  parts.every(({ share }) => isNothing(share)) ? null : weighed(parts);

function weighed(parts: readonly Part[]): Score {
  const mean = (of: (score: Score) => Fraction) =>
    weightedSum(parts.map(({ share, score }) => ({ share, of: of(score) })));
  const sum = (of: (score: Score) => Fraction) =>
    parts.reduce((all, { score }) => plus(all, of(score)), ZERO);
  const count = (of: keyof Score['findings']) =>
    parts.reduce((all, { score }) => all + score.findings[of], 0);
  const open = parts.some(({ share, score }) => !isNothing(share) && score.value === null);
  return {
    value: open ? null : mean(({ value }) => value ?? ZERO),
    low: mean(({ low }) => low),
    high: mean(({ high }) => high),
    points: sum(({ points }) => points),
    highest: sum(({ highest }) => highest),
    findings: {
      scored: count('scored'),
      noEvidence: count('noEvidence'),
      notApplicable: count('notApplicable'),
    },
  };
}

const NONE = { scored: 0, noEvidence: 0, notApplicable: 0 };
const WITHOUT: Omit<Score, 'findings'> = { value: null, low: ZERO, high: ZERO, points: ZERO, highest: ZERO };

/** One indicator as a share of its highest. */
export function indicatorScore(finding: Finding): Score {
  if (finding.outcome === 'not-applicable') return { ...WITHOUT, findings: { ...NONE, notApplicable: 1 } };
  if (finding.outcome === 'no-evidence') {
    return { ...WITHOUT, high: ONE, findings: { ...NONE, noEvidence: 1 } };
  }
  const { points, low, high, highest } = finding;
  const share = (part: Fraction) => (isNothing(highest) ? ZERO : over(part, highest));
  const findings = { ...NONE, scored: 1 };
  return { value: share(points), low: share(low), high: share(high), points, highest, findings };
}
