import { z } from 'zod';
import { assessmentId } from '../http/assess-parameters.ts';
import { jsonRoute } from '../route.ts';
import { bilingual, fraction } from '../wire/assess-scalars.ts';
import { wireFraction } from '../wire/fraction.ts';

/** Why another assessment came out differently, indicator by indicator. */
export const difference = jsonRoute({
  id: 'difference',
  method: 'get',
  path: '/api/v1/assessments/{id}/difference',
  summary: { zh: '两次评估的差异及原因', en: 'Why two assessments differ' },
  params: z.strictObject({
    id: assessmentId('Number of the earlier assessment'),
    with: assessmentId('Number of the later one'),
  }),
  answer: z
    .strictObject({
      differences: z.array(
        z.strictObject({
          indicator: z.string(),
          change: z.enum(['added', 'removed', 'outcome', 'points', 'weight']),
          detail: bilingual,
          score: fraction.nullable().describe('what it adds to the total score'),
        }),
      ),
    })
    .meta({ id: 'Differences' }),
  problems: ['assessment-not-found'],
  handler: ({ params }, { assess }) => ({
    differences: assess.difference(params.id, params.with).map(({ indicator, change, detail, score }) => ({
      ...{ indicator, change, detail },
      score: score && wireFraction(score),
    })),
  }),
});
