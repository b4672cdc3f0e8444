import type { DeclaredAnswer, DeclaredFigure } from '../domain/assess/register.ts';

const FILED_ON = '2026-06-30';
const YEAR_END = '2023-12-31';

/** What a fictional enterprise states about itself now. */
export const current = (figure: string, value: number, unit = '1'): DeclaredFigure => ({
  figure,
  role: 'current',
  value,
  unit,
  date: FILED_ON,
  document: '2026年数字化改造自评报告（模拟）',
});

/** And of the year before its project. */
export const baseline = (figure: string, value: number, unit = '1'): DeclaredFigure => ({
  figure,
  role: 'baseline',
  value,
  unit,
  date: YEAR_END,
  document: '2023年度生产统计年报（模拟）',
});

/** Its own answers to the questions of the Zhejiang grading requirements. */
export const answers = (options: Readonly<Record<string, string>>): readonly DeclaredAnswer[] =>
  Object.entries(options).map(([indicator, option]) => ({
    rubric: 'zj-future-factory',
    indicator,
    option,
    date: FILED_ON,
    document: '分级建设自评表（模拟）',
  }));
