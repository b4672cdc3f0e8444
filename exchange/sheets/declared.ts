import { day } from '../kinds/day.ts';
import { figure } from '../kinds/figure.ts';
import { number } from '../kinds/number.ts';
import { optional } from '../kinds/optional.ts';
import { text } from '../kinds/text.ts';
import { unit } from '../kinds/unit.ts';
import { word } from '../kinds/word.ts';
import { sheet } from '../sheet.ts';
import { pilotColumn } from './pilot-column.ts';

const ROLE_NAMES = {
  baseline: { zh: '基期', en: 'baseline' },
  current: { zh: '现值', en: 'current' },
} as const;

/** Above this a ratio is taken for per cent; effectiveness may pass 1. */
const RATIO_MAX = 2;
const NO_RATIO = {
  kind: 'warning',
  key: 'value',
  message: {
    zh: '单位为 1（比率），数值却不在 0 至 2 之间；百分数请写 0.95 或 95%，其他请填写单位',
    en: 'the unit is 1, a ratio, and the value is not between 0 and 2; write per cent as 0.95 or 95%, and give other figures their unit',
  },
} as const;
const halfPeriod = (key: 'from' | 'to') =>
  ({
    kind: 'error',
    key,
    message: {
      zh: '统计起始日与截止日应同时填写或同时留空',
      en: 'say both ends of the period, or none',
    },
  }) as const;

export const declared = sheet({
  id: 'declared',
  title: { zh: '申报指标', en: 'Declared figures' },
  aliases: ['declared', '申报数据'],
  about: { zh: '每行一个企业申报的指标值', en: 'One figure that the enterprise states a row' },
  columns: {
    pilot: pilotColumn,
    figure: {
      title: { zh: '指标', en: 'Figure' },
      aliases: ['指标名称', 'measure', 'benefit'],
      about: { zh: '指标名称或编号', en: 'Title or id of a measure or a benefit' },
      kind: figure,
      example: '设备联网率',
    },
    role: {
      title: { zh: '时点', en: 'Role' },
      aliases: ['基期或现值'],
      about: { zh: '建设前（基期）或目前（现值）', en: 'Before the project, or at present' },
      kind: word(ROLE_NAMES),
      ifEmpty: 'current' as const,
      example: '现值',
    },
    value: {
      title: { zh: '数值', en: 'Value' },
      aliases: ['申报值'],
      about: { zh: '比率写 0.95 或 95%', en: 'A ratio as 0.95 or 95%' },
      kind: number,
      example: '0.95',
    },
    unit: {
      title: { zh: '单位', en: 'Unit' },
      aliases: ['计量单位'],
      about: { zh: '比率的单位为 1，可留空', en: '1 for a ratio, and where it is empty' },
      kind: unit,
      ifEmpty: '1',
      example: '1',
    },
    date: {
      title: { zh: '申报日期', en: 'Date' },
      aliases: ['日期'],
      about: { zh: '文件日期', en: 'Of the document' },
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
    from: {
      title: { zh: '统计起始日', en: 'From' },
      aliases: ['起始日', 'period from'],
      about: { zh: '统计期第一天；与截止日同填或同空', en: 'First day of the period; both ends or none' },
      kind: optional(day),
      ifEmpty: null,
      example: '2025-01-01',
    },
    to: {
      title: { zh: '统计截止日', en: 'To' },
      aliases: ['截止日', 'period to'],
      about: { zh: '统计期最后一天', en: 'Last day of the period' },
      kind: optional(day),
      ifEmpty: null,
      example: '2025-12-31',
    },
  },
  check: ({ from, to, value, unit }) => [
    ...(from === null && to !== null ? [halfPeriod('from')] : []),
    ...(from !== null && to === null ? [halfPeriod('to')] : []),
    ...(unit === '1' && (value < 0 || value > RATIO_MAX) ? [NO_RATIO] : []),
  ],
  rowsOf: ({ id: pilot, declared }) =>
    declared.map(({ period, ...one }) => ({
      pilot,
      ...one,
      from: period?.from ?? null,
      to: period?.to ?? null,
    })),
});
