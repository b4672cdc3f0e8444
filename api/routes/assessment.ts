import { z } from 'zod';
import { assessmentId } from '../http/assess-parameters.ts';
import { jsonRoute } from '../route.ts';
import { storedAssessment, storedAssessmentOf } from '../wire/assessment.ts';

/** One assessment: findings, scores, level, gaps, and the evidence beside each. */
export const assessment = jsonRoute({
  id: 'assessment',
  method: 'get',
  path: '/api/v1/assessments/{id}',
  summary: { zh: '一次评估及其证据', en: 'One assessment with its evidence' },
  params: z.strictObject({ id: assessmentId('Number of the assessment') }),
  answer: storedAssessment,
  problems: ['assessment-not-found'],
  handler: ({ params }, { assess }) => storedAssessmentOf(assess.assessment(params.id)),
});
