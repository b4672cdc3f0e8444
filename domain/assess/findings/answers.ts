import type { Entry } from '../evidence.ts';
import { compareFractions } from '../fraction.ts';
import type { DeclaredFigure, Pilot } from '../register.ts';
import type { Indicator, Scoring } from '../rubric.ts';
import { isKnown } from './conditions.ts';
import type { Instruments } from './instrument.ts';
import { type Answer, answersOf, bandOf, type Reading, tested } from './reading.ts';

/** What a person or a document says to a question; `unknownOption`: the answer is none of this rubric's. */
export type Said =
  | { readonly answer: Answer }
  | { readonly answer: null; readonly unknownOption: string | null };

const NOTHING: Said = { answer: null, unknownOption: null };

function saidOption(scoring: Scoring, option: string): Said {
  const answer = answersOf(scoring).find((candidate) => candidate.option === option);
  return answer ? { answer } : { answer: null, unknownOption: option };
}

/** The assessor's last word on an indicator. */
export function assessorSays(indicator: Indicator, entries: readonly Entry[]): Said {
  const last = entries.findLast(
    (entry) =>
      (entry.kind === 'answer' || entry.kind === 'answer-withdrawn') && entry.indicator === indicator.id,
  );
  return last?.kind === 'answer' ? saidOption(indicator.scoring, last.option) : NOTHING;
}

/** The last of the newest. */
const newest = <T extends { readonly date: string }>(documents: readonly T[]): T | undefined =>
  documents.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)).at(-1);

/** What the enterprise answers itself, in the newest of its documents; where a value has bands, the one that it declares. */
export function enterpriseSays(
  indicator: Indicator,
  { rubric, pilot, instruments }: { rubric: string; pilot: Pilot; instruments: Instruments },
): Said {
  const { scoring } = indicator;
  const own = newest(
    pilot.answers.filter((answer) => answer.rubric === rubric && answer.indicator === indicator.id),
  );
  if (own) return saidOption(scoring, own.option);
  if (scoring.kind === 'options' || 'register' in scoring.what) return NOTHING;
  const { measure } = scoring.what;
  const { max } = instruments(scoring.what);
  const sensible = ({ figure, role, value }: DeclaredFigure) =>
    figure === measure && role === 'current' && (max === null || value <= max);
  const figure = newest(pilot.declared.filter(sensible));
  const answer = figure && bandOf(scoring.bands, figure.value);
  return answer ? { answer } : NOTHING;
}

/**
 * Whether an answer is above what telemetry and the register allow, however the unknown time was. An option that asks for
 * nothing measurable claims no less than the next lower one that does.
 */
export function isContradicted(
  answer: Answer,
  { scoring, reading, instruments }: { scoring: Scoring; reading: Reading; instruments: Instruments },
): boolean {
  if (scoring.kind === 'bands') {
    const allowed = isKnown(instruments(scoring.what).measured) ? reading.best : null;
    return allowed !== null && compareFractions(answer.points, allowed.points) > 0;
  }
  const claims = scoring.options
    .filter(({ when, points }) => when.length > 0 && compareFractions(points, answer.points) <= 0)
    .toSorted((a, b) => compareFractions(b.points, a.points));
  const own = claims.find(({ id }) => id === answer.option) ?? claims[0];
  return own !== undefined && !tested(own, instruments).truth.possible;
}
