import { z } from 'zod';
import type { NewEntry } from '../../analysis/assessment/port.ts';
import { assessmentId, said } from '../http/assess-parameters.ts';
import { jsonRoute } from '../route.ts';
import { storedAssessment, storedAssessmentOf } from '../wire/assessment.ts';

/** What each kind of entry says besides who and why. */
const FIELDS = {
  answer: ['indicator', 'option'],
  'answer-withdrawn': ['indicator'],
  closure: ['figure', 'verdict'],
} as const;
const ABOUT = ['indicator', 'option', 'figure', 'verdict'] as const;

const body = z
  .strictObject({
    kind: z.enum(['answer', 'answer-withdrawn', 'closure']),
    indicator: said('Id of the indicator; of `answer` and `answer-withdrawn`', 'q1').optional(),
    option: said('Id of an option, or of a band; of `answer`', 'A').optional(),
    figure: said('The declared figure; of `closure`', 'networking-rate').optional(),
    verdict: z.enum(['explained', 'corrected', 'not-accepted']).optional().describe('of `closure`'),
    note: said('Why', '现场核实'),
    by: said('Who says so', '王工'),
  })
  .check(({ value, issues }) => {
    const wanted: readonly string[] = FIELDS[value.kind];
    for (const name of ABOUT) {
      const given = value[name] !== undefined;
      if (given === wanted.includes(name)) continue;
      const message = given ? `is no part of \`${value.kind}\`` : `is needed by \`${value.kind}\``;
      issues.push({ code: 'custom', message, input: value[name], path: [name] });
    }
  })
  .meta({
    id: 'NewEntry',
    examples: [
      { kind: 'answer', indicator: 'q1', option: 'A', note: '现场核实', by: '王工' },
      { kind: 'closure', figure: 'networking-rate', verdict: 'corrected', note: '企业更正', by: '王工' },
    ],
  });

/** Adds what an assessor says. Entries are never changed; the last one of a kind and subject counts. */
export const enter = jsonRoute({
  id: 'enter',
  method: 'post',
  path: '/api/v1/assessments/{id}/entries',
  summary: { zh: '记录评审员的答复或结论', en: "Add an assessor's answer, or close a discrepancy" },
  params: z.strictObject({ id: assessmentId('Number of the assessment') }),
  body,
  answer: storedAssessment,
  success: 201,
  problems: [
    'assessment-not-found',
    'assessment-published',
    'indicator-not-found',
    'option-not-found',
    'figure-not-found',
  ],
  handler: ({ params, body }, { assess }) => storedAssessmentOf(assess.enter(params.id, body as NewEntry)),
});
