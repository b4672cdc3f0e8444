import { z } from 'zod';
import { assessmentId, said } from '../http/assess-parameters.ts';
import { jsonRoute } from '../route.ts';
import { storedAssessment, storedAssessmentOf } from '../wire/assessment.ts';

/** Publishes an assessment: no entry is added any more, and its report stays as it is. */
export const publish = jsonRoute({
  id: 'publish',
  method: 'post',
  path: '/api/v1/assessments/{id}/publish',
  summary: { zh: '发布评估，此后不再更改', en: 'Publish an assessment, which closes it' },
  params: z.strictObject({ id: assessmentId('Number of the assessment') }),
  body: z
    .strictObject({ by: said('Who publishes it', '李主任') })
    .meta({ id: 'Publication', examples: [{ by: '李主任' }] }),
  answer: storedAssessment,
  problems: ['assessment-not-found', 'assessment-published'],
  handler: async ({ params, body }, { assess }) =>
    storedAssessmentOf(await assess.publish(params.id, body.by)),
});
