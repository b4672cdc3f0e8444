import type { Finding, Passed, Scores } from '../assessment.ts';
import { type Held, hold, type Truth } from '../findings/conditions.ts';
import type { Instruments } from '../findings/instrument.ts';
import { type Answer, answersOf } from '../findings/reading.ts';
import { compareFractions, type Fraction } from '../fraction.ts';
import type { Bilingual } from '../register.ts';
import { type Gate, type Indicator, indicatorsOf, type Rubric } from '../rubric.ts';
import { indicatorScore, scoreNamed } from '../scores/scores.ts';
import { heldText, pointsText, shareText } from '../wording.ts';

/** Everything that a gate may ask about. */
export interface Standing {
  readonly rubric: Rubric;
  readonly findings: readonly Finding[];
  readonly scores: Scores;
  readonly instruments: Instruments;
}

/** What became of a gate, and in which words. */
export interface GateResult {
  readonly passed: Passed;
  readonly because: Bilingual;
}

/** Throws a RangeError where the gate asks for what the rubric doesn't have; its check refuses that long before. */
export function passGate(gate: Gate, standing: Standing): GateResult {
  switch (gate.kind) {
    case 'option':
      return passOption(gate, standing);
    case 'score':
      return passScore(gate, standing);
    case 'measure':
      return byCondition(hold(gate.condition, standing.instruments));
  }
}

/** A gate is passed only when it is passed whatever the unknown time was, and failed only when nothing could help. */
const passedBy = ({ certain, possible }: Pick<Truth, 'certain' | 'possible'>): Passed =>
  certain ? 'passed' : possible ? 'open' : 'failed';

const byCondition = (held: Held): GateResult => ({ passed: passedBy(held.truth), because: heldText(held) });

const NOT_ASKED: Bilingual = { zh: '不适用', en: 'not applicable' };

export const indicatorNamed = (rubric: Rubric, id: string): Indicator => {
  for (const { indicator } of indicatorsOf(rubric)) if (indicator.id === id) return indicator;
  throw new RangeError(`rubric ${rubric.id} has no indicator "${id}"`);
};

export function answerNamed({ id, scoring }: Indicator, option: string): Answer {
  const answer = answersOf(scoring).find((candidate) => candidate.option === option);
  if (answer) return answer;
  throw new RangeError(`indicator ${id} has no option "${option}"`);
}

const atLeast = (value: Fraction, limit: Fraction): boolean => compareFractions(value, limit) >= 0;

/** This answer or a better one. */
function passOption(gate: Extract<Gate, { kind: 'option' }>, { rubric, findings }: Standing): GateResult {
  const indicator = indicatorNamed(rubric, gate.indicator);
  const asked = answerNamed(indicator, gate.option);
  const finding = findings.find((candidate) => candidate.indicator === gate.indicator);
  if (!finding || finding.outcome === 'not-applicable') return { passed: 'passed', because: NOT_ASKED };
  if (finding.outcome === 'no-evidence') return { passed: 'open', because: finding.because };
  const { option, points, low, high } = finding;
  const wanted = pointsText(asked.points);
  const given = pointsText(points);
  const range = compareFractions(low, high) === 0 ? undefined : [pointsText(low), pointsText(high)];
  return {
    passed: passedBy({ certain: atLeast(low, asked.points), possible: atLeast(high, asked.points) }),
    because: {
      zh: `${option}（${given.zh}${range ? `，${range[0]?.zh} 至 ${range[1]?.zh}` : ''}），要求不低于 ${gate.option}（${wanted.zh}）`,
      en: `${option} (${given.en}${range ? `, ${range[0]?.en} to ${range[1]?.en}` : ''}); ${gate.option} (${wanted.en}) or better is asked for`,
    },
  };
}

function passScore(
  gate: Extract<Gate, { kind: 'score' }>,
  { rubric, findings, scores }: Standing,
): GateResult {
  const finding = findings.find((candidate) => candidate.indicator === gate.of);
  const named = scoreNamed(scores, gate.of);
  if (!finding && named === undefined) {
    throw new RangeError(`rubric ${rubric.id} has no part "${gate.of}" that gate ${gate.id} asks for`);
  }
  const score = named ?? (finding && finding.outcome !== 'not-applicable' ? indicatorScore(finding) : null);
  if (!score) return { passed: 'passed', because: NOT_ASKED };
  const { value, low, high } = score;
  const [from, to] = [shareText(low), shareText(high)];
  const bounds = from === to ? '' : `${from} – ${to}`;
  const limit = shareText(gate.atLeast);
  const shown =
    value === null ? bounds || from : bounds ? `${shareText(value)} (${bounds})` : shareText(value);
  return {
    passed: passedBy({ certain: atLeast(low, gate.atLeast), possible: atLeast(high, gate.atLeast) }),
    because: {
      zh: `得分 ${shown}，要求不低于 ${limit}`,
      en: `score ${shown}; ${limit} or more is asked for`,
    },
  };
}
