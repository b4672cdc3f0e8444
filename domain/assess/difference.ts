import type { Assessment, Finding } from './assessment.ts';
import { changesOf } from './difference/changes.ts';
import { sideText } from './difference/side.ts';
import { compareFractions, type Fraction, fractionText, minus, times, ZERO } from './fraction.ts';
import type { Bilingual } from './register.ts';
import { type Indicator, indicatorsOf, type Rubric } from './rubric.ts';
import { indicatorScore } from './scores/scores.ts';
import { sharesOf } from './scores/shares.ts';
import { arrow, joined, shareText } from './wording.ts';

/** Why two assessments of the same facts differ: one entry for each indicator whose finding or weight isn't the same. */
export interface AssessmentDifference {
  readonly indicator: string;
  /** The first of these that fits; the detail names the others too. */
  readonly change: 'added' | 'removed' | 'outcome' | 'points' | 'weight';
  readonly detail: Bilingual;
  /** What it adds to the total score; `null` where one side has no points. All of them together are the whole difference. */
  readonly score: Fraction | null;
}

/** An assessment with the rubric that it was made by. */
export interface Assessed {
  readonly assessment: Assessment;
  readonly rubric: Rubric;
}

/** What one assessment says of one indicator. */
export interface Side {
  readonly indicator: Indicator;
  readonly finding: Finding;
  /** Its share of the total score. */
  readonly share: Fraction;
  readonly assessed: Assessed;
}

/** In the reading order of the second rubric, what it lacks at the end. */
export function differenceOf(before: Assessed, after: Assessed): AssessmentDifference[] {
  const [old, now] = [sidesOf(before), sidesOf(after)];
  const differences: AssessmentDifference[] = [];
  for (const id of new Set([...now.keys(), ...old.keys()])) {
    const difference = differenceIn(id, old.get(id), now.get(id));
    if (difference) differences.push(difference);
  }
  return differences;
}

function sidesOf(assessed: Assessed): ReadonlyMap<string, Side> {
  const { findings } = assessed.assessment;
  const shares = sharesOf(assessed.rubric, findings);
  const found = new Map(findings.map((finding) => [finding.indicator, finding]));
  return new Map(
    [...indicatorsOf(assessed.rubric)].flatMap(({ indicator }) => {
      const finding = found.get(indicator.id);
      const share = shares.get(indicator.id) as Fraction;
      return finding ? [[indicator.id, { indicator, finding, share, assessed }] as const] : [];
    }),
  );
}

function differenceIn(
  indicator: string,
  before: Side | undefined,
  after: Side | undefined,
): AssessmentDifference | undefined {
  const change = changeBetween(before, after);
  if (!change) return undefined;
  const [was, is] = [contributionOf(before), contributionOf(after)];
  const parts = [
    arrow(before ? sideText(before) : NOT_THERE, after ? sideText(after) : NOT_THERE),
    ...(before && after ? changesOf(before, after) : []),
    ...contributions(was, is),
  ];
  return { indicator, change, detail: joined(parts), score: was && is ? minus(is, was) : null };
}

const NOT_THERE: Bilingual = { zh: '无此指标', en: 'no such indicator' };

function changeBetween(
  before: Side | undefined,
  after: Side | undefined,
): AssessmentDifference['change'] | undefined {
  if (!before) return 'added';
  if (!after) return 'removed';
  if (before.finding.outcome !== after.finding.outcome) return 'outcome';
  if (contentOf(before.finding) !== contentOf(after.finding)) return 'points';
  return compareFractions(before.share, after.share) === 0 ? undefined : 'weight';
}

/** What two findings of one outcome have in common where they say the same. */
function contentOf(finding: Finding): string {
  switch (finding.outcome) {
    case 'scored': {
      const { points, low, high, highest, basis, option, cappedBy, contradicted } = finding;
      const fractions = [points, low, high, highest].map(fractionText);
      return JSON.stringify([fractions, basis, option, cappedBy, contradicted]);
    }
    case 'no-evidence':
      return JSON.stringify([finding.cause, fractionText(finding.highest)]);
    case 'not-applicable':
      return finding.outcome;
  }
}

/** What the indicator brings to the total; `null`: not known. */
function contributionOf(side: Side | undefined): Fraction | null {
  if (!side || side.finding.outcome === 'not-applicable') return ZERO;
  const { value } = indicatorScore(side.finding);
  return value && times(side.share, value);
}

function contributions(was: Fraction | null, is: Fraction | null): Bilingual[] {
  const text = (part: Fraction | null): Bilingual =>
    part ? { zh: shareText(part), en: shareText(part) } : { zh: '未知', en: 'not known' };
  const { zh, en } = arrow(text(was), text(is));
  return [{ zh: `对总分的贡献 ${zh}`, en: `brings to the total ${en}` }];
}
