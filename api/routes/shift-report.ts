import { z } from 'zod';
import { shiftFields, shiftOf } from '../http/shift-parameters.ts';
import { asOf } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { handoverNote, handoverNoteOf } from '../wire/handover-note.ts';
import { shiftReportFields, shiftReportOf } from '../wire/shift-report.ts';

/** One shift of a line on one page. */
export const shiftReport = jsonRoute({
  id: 'shift-report',
  method: 'get',
  path: '/api/v1/shift-report',
  summary: { zh: '班次报告：一条产线一个班次一页', en: 'The shift report: one page for a line and a shift' },
  params: z.strictObject({ ...shiftFields, asOf }),
  answer: z
    .strictObject({
      ...shiftReportFields,
      notes: z.array(handoverNote).describe('handed over, oldest first'),
    })
    .meta({ id: 'ShiftReport' }),
  problems: ['scope-not-found', 'shift-not-found', 'span-too-large', 'store-unavailable'],
  async handler({ params: { asOf, ...params } }, { analysis, handover }) {
    const asked = shiftOf(params);
    const report = await analysis.shiftReport({ ...asked, ...(asOf === undefined ? {} : { asOf }) });
    return { ...shiftReportOf(report), notes: handover.list(asked).map(handoverNoteOf) };
  },
});
