import { z } from 'zod';
import { assessmentId, rubricId, rubricVersion } from '../http/assess-parameters.ts';
import { jsonRoute } from '../route.ts';
import { storedAssessment, storedAssessmentOf } from '../wire/assessment.ts';

/** Scores the same facts by another rubric, or another version, as a new assessment without entries. */
export const rescore = jsonRoute({
  id: 'rescore',
  method: 'post',
  path: '/api/v1/assessments/{id}/rescore',
  summary: { zh: '用另一版标准对相同事实重新评分', en: 'Score the same facts by another rubric or version' },
  params: z.strictObject({ id: assessmentId('Number of the assessment') }),
  body: z.strictObject({ rubric: rubricId('Id of the rubric'), version: rubricVersion.optional() }).meta({
    id: 'RescoreRequest',
    description: 'Without a version: the newest',
    examples: [{ rubric: 'utilisation' }],
  }),
  answer: storedAssessment,
  success: 201,
  problems: ['assessment-not-found', 'rubric-not-found', 'evidence-removed'],
  async handler({ params, body: { rubric, version } }, { assess }) {
    const by = { rubric, ...(version === undefined ? {} : { version }) };
    return storedAssessmentOf(await assess.rescore(params.id, by));
  },
});
