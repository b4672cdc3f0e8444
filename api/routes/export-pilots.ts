import { z } from 'zod';
import { rawRoute } from '../route.ts';
import { XLSX } from '../wire/xlsx.ts';

/** The whole register as a workbook. */
export const exportPilots = rawRoute({
  id: 'export-pilots',
  method: 'get',
  path: '/api/v1/pilots/export.xlsx',
  summary: { zh: '导出台账', en: 'Export the register' },
  params: z.strictObject({}),
  media: XLSX,
  content: 'A workbook; importing it gives the same register',
  problems: [],
  async handler(_question, { assess, sheets }, { response }) {
    const workbook = await sheets.write(assess.pilots());
    response
      .set('content-type', XLSX)
      .set('content-disposition', 'attachment; filename="kaidong-register.xlsx"')
      .send(Buffer.from(workbook));
  },
});
