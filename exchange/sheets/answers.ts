import { day } from '../kinds/day.ts';
import { text } from '../kinds/text.ts';
import { sheet } from '../sheet.ts';
import { pilotColumn } from './pilot-column.ts';

export const answers = sheet({
  id: 'answers',
  title: { zh: '自评', en: 'Self-assessment' },
  aliases: ['answers', '企业自评'],
  about: { zh: '每行一道题的企业自评', en: "One of the enterprise's own answers a row" },
  columns: {
    pilot: pilotColumn,
    rubric: {
      title: { zh: '评价标准', en: 'Rubric' },
      aliases: ['标准', 'rubric id'],
      about: { zh: '评价标准编号', en: 'Id of the rubric' },
      kind: text(),
      example: 'zj-future-factory',
    },
    indicator: {
      title: { zh: '题目', en: 'Indicator' },
      aliases: ['题号', '指标编号', 'question'],
      about: { zh: '标准内的题目编号', en: 'Id of the question in the rubric' },
      kind: text(),
      example: 'q49',
    },
    option: {
      title: { zh: '选项', en: 'Option' },
      aliases: ['答案', 'answer'],
      about: { zh: '选项编号', en: 'Id of the answer' },
      kind: text(),
      example: 'C',
    },
    date: {
      title: { zh: '自评日期', en: 'Date' },
      aliases: ['日期'],
      about: { zh: '自评日期', en: 'Of the answer' },
      kind: day,
      example: '2026-01-05',
    },
    document: {
      title: { zh: '依据文件', en: 'Document' },
      aliases: ['文件', '佐证材料'],
      about: { zh: '文件名称或文号', en: 'Its name or number' },
      kind: text(),
      example: '2025 年度自评报告',
    },
  },
  rowsOf: ({ id: pilot, answers }) => answers.map((one) => ({ pilot, ...one })),
});
