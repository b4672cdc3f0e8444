import { z } from 'zod';
import type { AssessmentSummary } from '../../analysis/assessment/port.ts';
import { count, iso, isoOrNull, spanFields, spanOf, time } from './scalars.ts';

const listedScore = z
  .strictObject({ value: z.number().nullable(), low: z.number(), high: z.number() })
  .meta({ id: 'ListedScore' });

const bounds = { value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() };

const declaration = z
  .strictObject({
    figure: z.string(),
    unit: z.string(),
    declared: z.number(),
    measured: z.strictObject({ ...bounds, notAssessable: z.boolean() }).nullable(),
    difference: z.number().nullable().describe('declared − measured'),
    state: z.enum(['agrees', 'open', 'closed', 'not-checkable']),
  })
  .meta({ id: 'ListedDeclaration' });

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
    score: listedScore.nullable().describe('null: nothing of the rubric applies'),
    elements: z
      .array(z.strictObject({ id: z.string(), score: listedScore.nullable() }))
      .describe("in the rubric's order"),
    reached: z.string().nullable().describe('level reached'),
    possible: z.string().nullable().describe('level still possible'),
    openDiscrepancies: count.describe('declared figures that telemetry contradicts and nobody has closed'),
    declared: z.array(declaration).describe('what the enterprise states beside what was measured'),
    telemetry: z
      .strictObject({
        utilisation: z
          .strictObject({ ...bounds, coverage: z.number().nullable(), notAssessable: z.boolean() })
          .nullable(),
        machines: count,
        heard: count.describe('machines heard in the period'),
        lastHeard: time.nullable().describe('newest source time of any machine, as known then'),
      })
      .describe('all machines of the sites, in the whole period'),
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
  elements: [...summary.elements],
  declared: [...summary.declared],
  telemetry: { ...summary.telemetry, lastHeard: isoOrNull(summary.telemetry.lastHeard) },
});
