import { z } from 'zod';
import { Problem } from '../problem.ts';
import { jsonRoute } from '../route.ts';
import { importReport } from '../wire/import-report.ts';
import { XLSX } from '../wire/xlsx.ts';

/** Takes a workbook of the register, or a CSV list of equipment; all of it or nothing. */
export const importPilots = jsonRoute({
  id: 'import-pilots',
  method: 'post',
  path: '/api/v1/pilots/import',
  summary: {
    zh: '导入台账表格，有错则全部不保存',
    en: 'Import the register; nothing is saved when a row is wrong',
  },
  params: z.strictObject({}),
  upload: {
    media: [XLSX, 'text/csv', 'application/octet-stream'],
    maxBytes: 16_000_000,
    content: 'An .xlsx workbook as the template has it, or a list of equipment as CSV in UTF-8 or GB18030',
  },
  answer: importReport,
  problems: ['import-invalid', 'pilot-conflict', 'pilot-from-file'],
  async handler({ upload }, { assess, sheets }) {
    const { pilots, rows, ...remarks } = await sheets.read(upload, assess.pilots());
    const report = { ...rows, ...remarks };
    const { errors, more } = remarks;
    if (errors.length > 0) {
      throw new Problem('import-invalid', `${errors.length + more.errors} errors; nothing was saved.`, {
        report,
        errors: errors.map(({ sheet, row, column, message, allowed }) => ({
          in: 'body',
          name: [sheet, row, column].filter((part) => part !== null).join(' ') || 'file',
          message: message.en,
          allowed,
        })),
      });
    }
    assess.savePilots(pilots);
    return report;
  },
});
