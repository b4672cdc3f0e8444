import { z } from 'zod';
import { rubricJson } from '../../domain/assess/json.ts';
import { assessmentId } from '../http/assess-parameters.ts';
import { jsonRoute } from '../route.ts';
import { wireOf } from '../wire/canonical.ts';
import { rubric } from '../wire/rubric.ts';

/** The rubric of an assessment as it was then, whatever became of its file. */
export const assessmentRubric = jsonRoute({
  id: 'assessment-rubric',
  method: 'get',
  path: '/api/v1/assessments/{id}/rubric',
  summary: { zh: '评估当时采用的标准', en: 'The rubric that an assessment was made by, as it was then' },
  params: z.strictObject({ id: assessmentId('Number of the assessment') }),
  answer: rubric,
  problems: ['assessment-not-found'],
  handler: ({ params }, { assess }) =>
    wireOf<z.output<typeof rubric>>(rubricJson.value(assess.rubricOf(params.id))),
});
