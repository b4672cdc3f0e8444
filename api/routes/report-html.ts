import { z } from 'zod';
import { assessmentId } from '../http/assess-parameters.ts';
import { word } from '../http/parameter.ts';
import { rawRoute } from '../route.ts';

const LANGUAGES = ['zh', 'en'] as const;

/** The report as one document for print. */
export const reportHtml = rawRoute({
  id: 'report-html',
  method: 'get',
  path: '/api/v1/assessments/{id}/report.html',
  summary: { zh: '评估报告（供打印）', en: 'The report for print, in Chinese or English' },
  params: z.strictObject({
    id: assessmentId('Number of the assessment'),
    lang: word(LANGUAGES, 'Language of the report; absent: Chinese').optional(),
  }),
  media: 'text/html',
  content: 'One HTML document for A4, with its style and charts inside; it loads nothing',
  problems: ['assessment-not-found'],
  handler({ params: { id, lang } }, { assess, printReport }, { response }) {
    const { assessment, ...place } = assess.assessment(id);
    const rubric = assess.rubricOf(id);
    response
      .type('text/html')
      .set('content-disposition', `inline; filename="assessment-${id}.html"`)
      .send(printReport({ assessment, rubric, place, language: lang ?? 'zh' }));
  },
});
