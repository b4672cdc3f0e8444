import { z } from 'zod';
import { rubricJson } from '../../domain/assess/json.ts';
import { rubricId, rubricVersion } from '../http/assess-parameters.ts';
import { jsonRoute } from '../route.ts';
import { wireOf } from '../wire/canonical.ts';
import { rubric as schema } from '../wire/rubric.ts';

/** One rubric: a version of it, or the newest. */
export const rubric = jsonRoute({
  id: 'rubric',
  method: 'get',
  path: '/api/v1/rubrics/{id}',
  summary: { zh: '一份评价标准', en: 'One rubric; without a version the newest' },
  params: z.strictObject({ id: rubricId('Id of the rubric'), version: rubricVersion.optional() }),
  answer: schema,
  problems: ['rubric-not-found'],
  handler: ({ params }, { assess }) =>
    wireOf<z.output<typeof schema>>(rubricJson.value(assess.rubric(params.id, params.version))),
});
