import { z } from 'zod';
import type { AssessmentSummary } from '../../analysis/assessment/port.ts';
import { count, iso, isoOrNull, spanFields, spanOf, time } from './scalars.ts';

/** What lists show of an assessment. */
export const assessmentSummary = z
  .strictObject({
    id: z.int(),
    pilot: z.string(),
    rubric: z.string(),
    rubricVersion: z.string(),
    ...spanFields,
    createdAt: time,
    publishedAt: time.nullable(),
    score: z
      .strictObject({ value: z.number().nullable(), low: z.number(), high: z.number() })
      .nullable()
      .describe('null: nothing of the rubric applies'),
    reached: z.string().nullable().describe('level reached'),
    possible: z.string().nullable().describe('level still possible'),
    openDiscrepancies: count.describe('declared figures that telemetry contradicts and nobody has closed'),
  })
  .meta({ id: 'AssessmentSummary' });

export const assessmentSummaryOf = (summary: AssessmentSummary): z.output<typeof assessmentSummary> => ({
  id: summary.id,
  pilot: summary.pilot,
  rubric: summary.rubric,
  rubricVersion: summary.rubricVersion,
  ...spanOf(summary),
  createdAt: iso(summary.createdAt),
  publishedAt: isoOrNull(summary.publishedAt),
  score: summary.score,
  reached: summary.reached,
  possible: summary.possible,
  openDiscrepancies: summary.openDiscrepancies,
});
