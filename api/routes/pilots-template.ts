import { z } from 'zod';
import { rawRoute } from '../route.ts';
import { XLSX } from '../wire/xlsx.ts';

/** The empty workbook, with what every column means. */
export const pilotsTemplate = rawRoute({
  id: 'pilots-template',
  method: 'get',
  path: '/api/v1/pilots/template.xlsx',
  summary: { zh: '台账模板', en: 'The template of the register' },
  params: z.strictObject({}),
  media: XLSX,
  content: 'A workbook without rows, and a sheet that explains its columns',
  problems: [],
  async handler(_question, { sheets }, { response }) {
    const workbook = await sheets.write([]);
    response
      .set('content-type', XLSX)
      .set('content-disposition', 'attachment; filename="kaidong-register-template.xlsx"')
      .send(Buffer.from(workbook));
  },
});
