import type { KnownPilot } from '../../exchange/draft.ts';
import { type ReadRegister, readRegister } from '../../exchange/read-register.ts';
import type { Remark } from '../../exchange/remark.ts';
import { type WrittenCell, type WrittenSheet, workbookOf } from './workbook.ts';

type Rows = readonly (readonly WrittenCell[])[];

/** Headings and one good row of every sheet. */
export type SheetName = '企业' | '设备' | '工序' | '申报指标' | '自评';
export const GOOD: Readonly<Record<SheetName, readonly [readonly string[], readonly WrittenCell[]]>> = {
  企业: [
    [
      '企业编号',
      '企业名称',
      '统一社会信用代码',
      '区县',
      '行业',
      '生产类型',
      '申报类型',
      '厂区',
      '基准年',
      '模拟数据',
    ],
    [
      'haida',
      '海达注塑',
      '91350100M000100Y43',
      '定海区',
      '塑机螺杆',
      '离散型',
      '数字化车间',
      'haida/zhoushan',
      2024,
      '是',
    ],
  ],
  设备: [
    [
      '企业编号',
      '设备编号',
      '设备名称',
      '数据来源',
      '所属工序',
      '关键设备',
      '数控设备',
      '数字化设备',
      '应联网',
    ],
    ['haida', 'E-01', '注塑机 1', 'haida/zhoushan/moulding/line1/imm-01', 'P1', '是', '是', '是', '是'],
  ],
  工序: [
    ['企业编号', '工序编号', '工序名称', '关键工序', '数控化'],
    ['haida', 'P1', '注塑', '是', '是'],
  ],
  申报指标: [
    ['企业编号', '指标', '时点', '数值', '单位', '申报日期', '依据文件', '统计起始日', '统计截止日'],
    ['haida', '设备联网率', '现值', 0.95, '1', { day: 46027 }, '自评报告', { day: 45658 }, { day: 46022 }],
  ],
  自评: [
    ['企业编号', '评价标准', '题目', '选项', '自评日期', '依据文件'],
    ['haida', 'zj-future-factory', 'q49', 'C', { day: 46027 }, '自评报告'],
  ],
};

/** The good workbook with some sheets given otherwise; `null` leaves one out. */
export const bookWith = (
  sheets: Readonly<Record<string, WrittenSheet | Rows | null>>,
  options?: { readonly from1904?: boolean },
): Uint8Array =>
  workbookOf(
    Object.fromEntries(
      Object.entries({ ...GOOD, ...sheets }).flatMap(([name, sheet]) =>
        sheet === null ? [] : [[name, sheet]],
      ),
    ),
    options,
  );

/** The good workbook with the value of one column changed in the good row of a sheet. */
export function bookWithCell(sheet: SheetName, heading: string, cell: WrittenCell): Uint8Array {
  const [headings, row] = GOOD[sheet];
  const at = headings.indexOf(heading);
  if (at < 0) throw new Error(`${sheet} has no column ${heading}`);
  return bookWith({ [sheet]: [headings, row.map((value, index) => (index === at ? cell : value))] });
}

export const read = (bytes: Uint8Array, known: readonly KnownPilot[] = []): Promise<ReadRegister> =>
  readRegister(bytes, known);

/** A remark on one line: place, value and English message. */
export const lineOf = ({ sheet, row, column, value, message }: Remark): string =>
  [
    [sheet, row, column, value === null ? null : `"${value}"`].filter((part) => part !== null).join(' '),
    message.en,
  ]
    .filter((part) => part !== '')
    .join(': ');
