import type { Assessment } from '../../domain/assess/assessment.ts';
import type { Fraction } from '../../domain/assess/fraction.ts';
import { ratioOf } from '../../domain/ratio.ts';
import type { AssessmentShelf, AssessmentSummary, KeptAssessment } from './port.ts';

type Listed = ReturnType<AssessmentShelf['list']>[number];

/** What a list shows that has to be scored first. */
export type Noted = Pick<AssessmentSummary, 'score' | 'reached' | 'possible' | 'openDiscrepancies'>;

export function notedOf({ scores: { total }, level, declared }: Assessment): Noted {
  return {
    score: total && {
      value: total.value && numberOf(total.value),
      low: numberOf(total.low),
      high: numberOf(total.high),
    },
    reached: level.reached,
    possible: level.possible,
    openDiscrepancies: declared.filter(({ state }) => state === 'open').length,
  };
}

const numberOf = ({ numerator, denominator }: Fraction): number => ratioOf(numerator, denominator) as number;

/** The summary of an assessment in a list; `score` makes what nobody has noted yet. */
export function summaryOf(listed: Listed, score: (id: number) => Noted): AssessmentSummary {
  const { id, pilot, rubric, rubricVersion, from, to, createdAt, publishedAt, summary } = listed;
  const noted = summary === null ? score(id) : (JSON.parse(summary) as Noted);
  return { id, pilot, rubric, rubricVersion, from, to, createdAt, publishedAt, ...noted };
}

/** Notes what lists show, and gives it back. */
export function noteSummary(
  shelf: AssessmentShelf,
  { id, entries }: Pick<KeptAssessment, 'id' | 'entries'>,
  assessment: Assessment,
): Noted {
  const noted = notedOf(assessment);
  shelf.noteSummary(id, { entries: entries.length, json: JSON.stringify(noted) });
  return noted;
}
