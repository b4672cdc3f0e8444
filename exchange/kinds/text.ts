import { PLAIN_TEXT, type TextForm } from '../../domain/assess/pilot-forms.ts';
import type { Kind } from '../column.ts';
import { shown } from '../grid.ts';

/** Excel keeps 15 digits of a number; what was longer is lost already when the file arrives. */
const EXACT_DIGITS = 15;

/** A text of a form. Numbers are taken as people see them: ids are often typed as such. */
export const text = (form: TextForm = PLAIN_TEXT): Kind<string> => ({
  allowed: form.allowed,
  read(cell) {
    if (cell instanceof Date) {
      return {
        wrong: {
          zh: `单元格被识别为日期（${shown(cell)}），请设为文本格式后重新输入`,
          en: `the spreadsheet took this for a date (${shown(cell)}); format the cell as text and type it again`,
        },
      };
    }
    if (typeof cell === 'number' && String(Math.abs(cell)).replace('.', '').length > EXACT_DIGITS) {
      return {
        wrong: {
          zh: '数字超过 15 位，表格已丢失末位，请设为文本格式后重新输入',
          en: 'a number of more than 15 digits, whose end the spreadsheet has lost; format the cell as text and type it again',
        },
      };
    }
    const value = oneLine(String(cell));
    if (form.pattern.test(value)) return { value };
    return { wrong: { zh: `应为：${form.allowed.zh}`, en: `write ${form.allowed.en}` } };
  },
  write: (value) => value,
});

/** Cells have line breaks that people don't see. */
const oneLine = (written: string): string => written.replace(/[\r\n\t\u2028\u2029]+/g, ' ').trim();
