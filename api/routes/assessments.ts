import { z } from 'zod';
import { pilotId, rubricId } from '../http/assess-parameters.ts';
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
  }),
  answer: z.strictObject({ assessments: z.array(assessmentSummary) }).meta({ id: 'Assessments' }),
  problems: [],
  handler({ params: { pilot, rubric } }, { assess }) {
    const filter = { ...(pilot === undefined ? {} : { pilot }), ...(rubric === undefined ? {} : { rubric }) };
    return { assessments: assess.assessments(filter).map(assessmentSummaryOf) };
  },
});
