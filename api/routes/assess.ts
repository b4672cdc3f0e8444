import { z } from 'zod';
import { pilotId, rubricId, rubricVersion } from '../http/assess-parameters.ts';
import { instantInBody, ordered } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { storedAssessment, storedAssessmentOf } from '../wire/assessment.ts';

const body = ordered(
  z.strictObject({
    pilot: pilotId('Id of the pilot'),
    rubric: rubricId('Id of the rubric'),
    version: rubricVersion.optional(),
    from: instantInBody('Beginning of the period, inclusive'),
    to: instantInBody('End of the period, exclusive; not in the future'),
  }),
).meta({
  id: 'AssessRequest',
  description: 'Without a version: the newest in effect on the last day of the period',
  examples: [
    {
      pilot: 'haida',
      rubric: 'utilisation',
      from: '2026-01-01T00:00:00+08:00',
      to: '2026-04-01T00:00:00+08:00',
    },
  ],
});

/** Gathers the evidence of a pilot in a period, scores it, and keeps both. */
export const assess = jsonRoute({
  id: 'assess',
  method: 'post',
  path: '/api/v1/assessments',
  summary: { zh: '评估一家试点企业', en: 'Assess a pilot' },
  params: z.strictObject({}),
  body,
  answer: storedAssessment,
  success: 201,
  problems: [
    'pilot-not-found',
    'rubric-not-found',
    'period-invalid',
    'scope-without-machines',
    'period-without-data',
    'store-unavailable',
  ],
  async handler({ body: { version, ...asked } }, { assess }) {
    const stored = await assess.assess({ ...asked, ...(version === undefined ? {} : { version }) });
    return storedAssessmentOf(stored);
  },
});
