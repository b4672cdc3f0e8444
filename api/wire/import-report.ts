import { z } from 'zod';
import { bilingual } from './assess-scalars.ts';
import { count } from './scalars.ts';

const remark = z
  .strictObject({
    sheet: z.string().nullable().describe('null: about the whole file'),
    row: z
      .int()
      .nullable()
      .describe('as the spreadsheet counts, its heading being row 1; null: the whole sheet'),
    column: z.string().nullable().describe('the heading'),
    value: z.string().nullable().describe('what stands there'),
    message: bilingual,
    allowed: z.array(z.string()).describe('what may stand there'),
  })
  .meta({ id: 'ImportRemark' });

/** What became of a file of the register. */
export const importReport = z
  .strictObject({
    pilots: count,
    equipment: count,
    processes: count,
    declared: count,
    answers: count,
    errors: z.array(remark).describe('nothing is saved where there is one'),
    warnings: z.array(remark).describe('what was put right, or looks wrong'),
    more: z
      .strictObject({ errors: count, warnings: count })
      .describe('how many more there were than are listed'),
  })
  .meta({ id: 'ImportReport', description: 'Rows that were read, by sheet, and what is to be said of them' });
