import type { Assessment } from '../../domain/assess/assessment.ts';
import { doubleOf } from '../../domain/assess/fraction.ts';
import { openDiscrepancies } from '../../domain/assess/open-discrepancies.ts';
import type { AssessmentShelf, AssessmentSummary, KeptAssessment } from './port.ts';

type Listed = ReturnType<AssessmentShelf['list']>[number];

/** What a list shows that has to be scored first. */
export type Noted = Pick<AssessmentSummary, 'score' | 'reached' | 'possible' | 'openDiscrepancies'>;

export function notedOf(assessment: Assessment): Noted {
  const { scores, level } = assessment;
  const { total } = scores;
  return {
    score: total && {
      value: total.value && doubleOf(total.value),
      low: doubleOf(total.low),
      high: doubleOf(total.high),
    },
    reached: level.reached,
    possible: level.possible,
    openDiscrepancies: openDiscrepancies(assessment).length,
  };
}

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
