import { z } from 'zod';
import { rubricJson } from '../../domain/assess/json.ts';
import { jsonRoute } from '../route.ts';
import { wireOf } from '../wire/canonical.ts';
import { rubric } from '../wire/rubric.ts';

/** Every rubric in every version. */
export const rubrics = jsonRoute({
  id: 'rubrics',
  method: 'get',
  path: '/api/v1/rubrics',
  summary: { zh: '评价标准及其各版本', en: 'The rubrics, in every version' },
  params: z.strictObject({}),
  answer: z.strictObject({ rubrics: z.array(rubric) }).meta({ id: 'Rubrics' }),
  problems: [],
  handler: (_question, { assess }) => ({
    rubrics: assess.rubrics().map((one) => wireOf<z.output<typeof rubric>>(rubricJson.value(one))),
  }),
});
