import { z } from 'zod';
import { assessmentJson } from '../../domain/assess/json.ts';
import { assessmentId } from '../http/assess-parameters.ts';
import { rawRoute } from '../route.ts';
import { assessment } from '../wire/assessment.ts';
import { InPieces, sendPieces } from '../wire/in-pieces.ts';

/** The report as canonical JSON: the same bytes each time, which `kaidong verify` takes. */
export const reportJson = rawRoute({
  id: 'report-json',
  method: 'get',
  path: '/api/v1/assessments/{id}/report.json',
  summary: { zh: '评估报告（规范 JSON）', en: 'The report as canonical JSON' },
  params: z.strictObject({ id: assessmentId('Number of the assessment') }),
  media: 'application/json',
  content: 'RFC 8785 canonical JSON, the same bytes each time',
  answer: assessment,
  problems: ['assessment-not-found', 'evidence-removed'],
  async handler({ params }, { assess }, { response }) {
    const stored = assess.report(params.id);
    response
      .type('application/json')
      .set('content-disposition', `inline; filename="assessment-${params.id}.json"`);
    await sendPieces(response, new InPieces(assessmentJson.pieces(stored.assessment)));
  },
});
