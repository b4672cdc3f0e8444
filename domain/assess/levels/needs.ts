import type { Finding } from '../assessment.ts';
import { hold, meets } from '../findings/conditions.ts';
import { referenceKey } from '../findings/instrument.ts';
import { type Answer, answersOf, bandOf, highestOf } from '../findings/reading.ts';
import { compareFractions, type Fraction, minus, over, plus, times, ZERO } from '../fraction.ts';
import type { Measured } from '../measure.ts';
import { bandId, type Condition, type Gate, type Indicator, indicatorsOf, type Option } from '../rubric.ts';
import { indicatorScore, scoreNamed } from '../scores/scores.ts';
import { sharesOf } from '../scores/shares.ts';
import { answerNamed, indicatorNamed, type Standing } from './gates.ts';

/** What one gate needs of one indicator. */
export interface Need {
  readonly gate: string;
  /** `null`: the gate asks for a measure that no indicator is scored by. */
  readonly indicator: string | null;
  readonly answer: Answer | null;
  /** The value that telemetry or the register would have to reach. */
  readonly value: number | null;
  readonly machines: readonly string[];
  /** Whether this alone would pass the gate. */
  readonly enoughAlone: boolean;
  /** What it is needed for: the indicator that the gate asks for, or one that is capped by this. `null`: a measure. */
  readonly serves: string | null;
  /** How much of what a score gate lacks it brings; `null`: the gate can't be passed without it. */
  readonly brings: Fraction | null;
}

/** What would help to pass a gate that isn't passed. */
export function needsOf(gate: Gate, standing: Standing): Need[] {
  switch (gate.kind) {
    case 'option': {
      const indicator = indicatorNamed(standing.rubric, gate.indicator);
      return answerNeeded(gate.id, indicator, answerNamed(indicator, gate.option), standing);
    }
    case 'measure':
      return [valueNeeded(gate.id, gate.condition, standing)];
    case 'score':
      return scoreNeeded(gate, standing);
  }
}

const findingOf = ({ findings }: Standing, id: string): Finding | undefined =>
  findings.find(({ indicator }) => indicator === id);

/** An answer, and better ones of the indicators that would cap it. */
function answerNeeded(
  gate: string,
  indicator: Indicator,
  answer: Answer,
  standing: Standing,
  above: readonly string[] = [],
): Need[] {
  const [serves = indicator.id] = above;
  const caps = standing.rubric.dependencies.flatMap(({ answer: given, caps: limited }) => {
    if (limited.indicator !== indicator.id || above.includes(given.indicator)) return [];
    const limit = answerNamed(indicator, limited.atMost);
    if (compareFractions(limit.points, answer.points) >= 0) return [];
    const other = indicatorNamed(standing.rubric, given.indicator);
    const finding = findingOf(standing, other.id);
    const stands =
      finding?.outcome === 'no-evidence' ||
      (finding?.outcome === 'scored' && finding.option === given.option);
    const better = stands ? leastAbove(other, answerNamed(other, given.option).points) : undefined;
    return better ? answerNeeded(gate, other, better, standing, [...above, indicator.id]) : [];
  });
  const need: Need = {
    ...{ gate, indicator: indicator.id, answer, ...measuredNeed(indicator, answer, standing) },
    ...{ enoughAlone: above.length === 0 && caps.length === 0, serves, brings: null },
  };
  return [need, ...caps];
}

const ascending = ({ scoring }: Indicator): readonly Answer[] =>
  answersOf(scoring).toSorted((a, b) => compareFractions(a.points, b.points));
const leastAbove = (indicator: Indicator, points: Fraction): Answer | undefined =>
  ascending(indicator).find((answer) => compareFractions(answer.points, points) > 0);

/** What telemetry and the register would have to say for an answer: the first value that falls short, and where to begin. */
function measuredNeed(
  { scoring }: Indicator,
  { option }: Answer,
  { instruments }: Standing,
): Pick<Need, 'value' | 'machines'> {
  if (scoring.kind === 'bands') {
    const band = scoring.bands.find((candidate) => bandId(candidate) === option);
    const { measured } = instruments(scoring.what);
    const tooHigh = band?.to != null && measured.value !== null && measured.value >= band.to;
    const limit = tooHigh
      ? { atLeast: null, atMost: band.to }
      : { atLeast: band?.from ?? null, atMost: null };
    return { value: limit.atLeast ?? limit.atMost, machines: machinesBelow(measured, limit) };
  }
  const { when: asked } = scoring.options.find(({ id }) => id === option) as Option;
  const short = asked.map((condition) => hold(condition, instruments)).filter(({ truth }) => !truth.certain);
  const first = short[0]?.condition;
  return {
    value: first ? (first.atLeast ?? first.atMost) : null,
    machines: [
      ...new Set(short.flatMap(({ condition, instrument }) => machinesBelow(instrument.measured, condition))),
    ],
  };
}

/** Those that don't count, or whose own value falls short; in the order of the measure, the first to look at first. */
function machinesBelow({ parts }: Measured, limit: Pick<Condition, 'atLeast' | 'atMost'>): string[] {
  const isCount = parts.some(({ counts }) => counts !== null);
  return parts
    .filter(({ counts, value }) => (isCount ? counts !== true : value === null || !meets(limit, value)))
    .map(({ id, machine }) => machine ?? id);
}

const ALONE = { enoughAlone: true, brings: null } as const;

/** A value, with the indicator whose bands it is scored by, where there is one. */
function valueNeeded(gate: string, condition: Condition, { rubric, instruments }: Standing): Need {
  const value = (condition.atLeast ?? condition.atMost) as number;
  const machines = machinesBelow(instruments(condition.what).measured, condition);
  for (const { indicator } of indicatorsOf(rubric)) {
    const { scoring } = indicator;
    if (scoring.kind !== 'bands' || referenceKey(scoring.what) !== referenceKey(condition.what)) continue;
    const answer = bandOf(scoring.bands, value) ?? null;
    return { gate, indicator: indicator.id, answer, value, machines, ...ALONE, serves: indicator.id };
  }
  return { gate, indicator: null, answer: null, value, machines, ...ALONE, serves: null };
}

/** Every indicator below the part that could bring more: the least answer that would be enough alone, or its best. */
function scoreNeeded(gate: Extract<Gate, { kind: 'score' }>, standing: Standing): Need[] {
  const below = [...indicatorsOf(standing.rubric)].filter(
    ({ element, domain, indicator }) =>
      gate.of === 'total' || [element.id, domain.id, indicator.id].includes(gate.of),
  );
  const shares = sharesOf(standing.rubric, standing.findings);
  const whole = below.reduce((sum, { indicator }) => plus(sum, shares.get(indicator.id) as Fraction), ZERO);
  if (whole.numerator === 0n) return [];
  const missing = lackingOf(gate, standing);
  return below.flatMap(({ indicator }) => {
    const finding = findingOf(standing, indicator.id);
    const share = shares.get(indicator.id) as Fraction;
    if (!finding || finding.outcome === 'not-applicable' || share.numerator === 0n) return [];
    const low = finding.outcome === 'scored' ? finding.low : ZERO;
    if (compareFractions(low, finding.highest) >= 0) return [];
    const adds = ({ points }: Answer) => times(over(share, whole), over(minus(points, low), finding.highest));
    const enough = ascending(indicator).find((answer) => compareFractions(adds(answer), missing) >= 0);
    const best = ascending(indicator).find(
      ({ points }) => compareFractions(points, highestOf(indicator.scoring)) === 0,
    );
    const answer = (enough ?? best) as Answer;
    return answerNeeded(gate.id, indicator, answer, standing).map((need) => ({
      ...need,
      enoughAlone: need.enoughAlone && enough !== undefined,
      brings: need.indicator === indicator.id ? adds(answer) : ZERO,
    }));
  });
}

/** How much of its score a part lacks for a gate. */
export const lackingOf = (gate: Extract<Gate, { kind: 'score' }>, standing: Standing): Fraction =>
  minus(gate.atLeast, certainOf(gate.of, standing));

/** The share of a part that is certain. */
function certainOf(part: string, standing: Standing): Fraction {
  const finding = findingOf(standing, part);
  return (finding ? indicatorScore(finding) : scoreNamed(standing.scores, part))?.low ?? ZERO;
}
