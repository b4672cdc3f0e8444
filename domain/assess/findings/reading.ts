import type { NoEvidenceCause } from '../assessment.ts';
import { compareFractions, type Fraction, ZERO } from '../fraction.ts';
import type { Bilingual } from '../register.ts';
import { type Band, bandId, type Option, type Scoring } from '../rubric.ts';
import { instrumentText, joined } from '../wording.ts';
import { allOf, type Held, hold, isKnown, lacksTime, rangeOf, type Truth } from './conditions.ts';
import type { Instrument, Instruments } from './instrument.ts';

/** An answer with its points. */
export interface Answer {
  readonly option: string;
  readonly points: Fraction;
}

/** What telemetry and the register answer: as measured, and at the two ends of what unknown time could make of it. */
export interface Reading {
  readonly answer: Answer | null;
  /** Why there is no answer; `null`: there is one. */
  readonly lacks: { readonly cause: NoEvidenceCause; readonly because: Bilingual } | null;
  /** `null`: no answer is certain. */
  readonly worst: Answer | null;
  readonly best: Answer | null;
}

/** All answers that an indicator can have, in reading order. */
export const answersOf = (scoring: Scoring): readonly Answer[] =>
  scoring.kind === 'options'
    ? scoring.options.map(({ id, points }) => ({ option: id, points }))
    : scoring.bands.map((band) => ({ option: bandId(band), points: band.points }));

const byPoints = (a: Answer, b: Answer): number => compareFractions(a.points, b.points);

/** The first of those with the most points, or with the fewest. */
const most = (answers: readonly Answer[]): Answer | null =>
  answers.toSorted((a, b) => byPoints(b, a))[0] ?? null;
const least = (answers: readonly Answer[]): Answer | null => answers.toSorted(byPoints)[0] ?? null;

/** The most points that an indicator can bring; points below nothing don't exist. */
export const highestOf = (scoring: Scoring): Fraction => most(answersOf(scoring))?.points ?? ZERO;

export const read = (scoring: Scoring, instruments: Instruments): Reading =>
  scoring.kind === 'options'
    ? readOptions(scoring.options, instruments)
    : readBands(scoring.bands, instruments(scoring.what));

/** An option that telemetry can answer, with what came of its conditions. */
export interface Tested extends Answer {
  readonly held: readonly Held[];
  readonly truth: Truth;
}

export const tested = ({ id, points, when }: Option, instruments: Instruments): Tested => {
  const held = when.map((condition) => hold(condition, instruments));
  return { option: id, points, held, truth: allOf(held.map(({ truth }) => truth)) };
};

const answerOf = ({ option, points }: Answer): Answer => ({ option, points });

/** The best option all of whose conditions hold. */
function readOptions(options: readonly Option[], instruments: Instruments): Reading {
  const open = options
    .filter(({ when }) => when.length === 0)
    .map(({ id, points }) => ({ option: id, points }));
  const asked = options.filter(({ when }) => when.length > 0).map((option) => tested(option, instruments));
  const rest = otherwise(open, asked);
  const bestWhere = (fits: (truth: Truth) => boolean | null): Answer | null => {
    const best = most(asked.filter(({ truth }) => fits(truth)));
    return best && answerOf(best);
  };
  const holds = bestWhere((truth) => truth.holds);
  const settled = asked.every(({ truth }) => truth.holds === false);
  const answer = holds ?? (settled ? rest : null);
  return {
    answer,
    lacks: answer ? null : settled ? undecided(open, asked) : withoutValue(asked),
    worst: bestWhere((truth) => truth.certain) ?? rest,
    best: bestWhere((truth) => truth.possible) ?? answer,
  };
}

/**
 * What is left when every condition has failed: the lowest option, which asks for nothing. Where another one that only a
 * person can give lies between it and the failed ones, telemetry doesn't know which of the two it is.
 */
function otherwise(open: readonly Answer[], asked: readonly Tested[]): Answer | null {
  const [lowest, lowestAsked] = [least(open), least(asked)];
  if (!lowest || !lowestAsked || byPoints(lowest, lowestAsked) >= 0) return null;
  const between = open.some((other) => other !== lowest && byPoints(other, lowestAsked) < 0);
  return between ? null : lowest;
}

function undecided(open: readonly Answer[], asked: readonly Tested[]): Reading['lacks'] {
  if (asked.length === 0) {
    const because = { zh: '遥测无法回答此题', en: 'telemetry can answer no part of the question' };
    return { cause: 'undecided', because };
  }
  const failed = asked.map(({ option }) => option).join(zhComma);
  const left = open.map(({ option }) => option).join(zhComma);
  return {
    cause: 'undecided',
    because: {
      zh: `遥测排除了 ${failed}${left && `，无法判断是 ${left} 中的哪一项`}`,
      en: `telemetry rules out ${failed.replaceAll(zhComma, ', ')}${left && `, and can't tell which of ${left.replaceAll(zhComma, ', ')} it is`}`,
    },
  };
}
const zhComma = '、';

/** Nothing holds, and what could hold has a condition whose value is missing. */
function withoutValue(asked: readonly Tested[]): Reading['lacks'] {
  const open = asked
    .filter(({ truth }) => truth.holds === null)
    .flatMap(({ held }) => held.filter(({ truth }) => truth.holds === null))
    .map(({ instrument }) => instrument);
  return lacking([...new Set(open)]);
}

function lacking(instruments: readonly Instrument[]): Reading['lacks'] {
  return {
    cause: instruments.some(({ measured }) => lacksTime(measured)) ? 'not-assessable' : 'not-measured',
    because: joined(instruments.map(instrumentText)),
  };
}

const isIn = ({ from, to }: Band, value: number): boolean =>
  (from === null || value >= from) && (to === null || value < to);

/** The band of the value; the worst and the best of those that it could lie in. */
function readBands(bands: readonly Band[], instrument: Instrument): Reading {
  const { measured } = instrument;
  const asAnswer = (band: Band): Answer => ({ option: bandId(band), points: band.points });
  const range = rangeOf(measured);
  const reached = bands
    .filter(
      ({ from, to }) =>
        !range || ((from === null || from <= range.most) && (to === null || to > range.least)),
    )
    .map(asAnswer);
  const band = isKnown(measured) ? bandOf(bands, measured.value as number) : undefined;
  const bounds = { worst: least(reached), best: most(reached) };
  if (band) return { answer: band, lacks: null, ...bounds };
  if (!isKnown(measured)) return { answer: null, lacks: lacking([instrument]), ...bounds };
  const shown = instrumentText(instrument);
  const because = { zh: `${shown.zh}，不在任何分档内`, en: `${shown.en}, which lies in no band` };
  return { answer: null, lacks: { cause: 'not-measured', because }, ...bounds };
}

/** The answer that a value gives; `undefined`: it lies in no band. */
export function bandOf(bands: readonly Band[], value: number): Answer | undefined {
  const band = bands.find((candidate) => isIn(candidate, value));
  return band && { option: bandId(band), points: band.points };
}
