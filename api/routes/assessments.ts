import { z } from 'zod';
import { pilotId, rubricId } from '../http/assess-parameters.ts';
import { nextPage, pageOf, pageParams } from '../http/paging.ts';
import { jsonRoute } from '../route.ts';
import { assessmentSummary, assessmentSummaryOf } from '../wire/assessment-summary.ts';

/** Every assessment in short, the newest first. */
export const assessments = jsonRoute({
  id: 'assessments',
  method: 'get',
  path: '/api/v1/assessments',
  summary: { zh: '全部评估', en: 'Assessments in short, the newest first' },
  params: z.strictObject({
    pilot: pilotId('Only those of this pilot').optional(),
    rubric: rubricId('Only those by this rubric').optional(),
    ...pageParams,
  }),
  answer: z
    .strictObject({ assessments: z.array(assessmentSummary), ...nextPage })
    .meta({ id: 'Assessments' }),
  problems: [],
  handler({ params: { pilot, rubric, ...asked } }, { assess }) {
    const filter = { ...(pilot === undefined ? {} : { pilot }), ...(rubric === undefined ? {} : { rubric }) };
    const { page, next } = pageOf(assess.assessments(filter), 'newest-first', asked);
    return { assessments: page.map(assessmentSummaryOf), next };
  },
});
