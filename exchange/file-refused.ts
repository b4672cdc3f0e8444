import type { Bilingual } from '../domain/assess/register.ts';
import { MAX_FILE_BYTES, MAX_READING_MS, MAX_ROWS, MAX_UNPACKED_BYTES } from './limits.ts';

const megabytes = (bytes: number): string => `${bytes / 1e6} MB`;

/** Every way in which a file as a whole can't be read. */
export const FILE_REFUSALS = {
  empty: {
    zh: '文件是空的，请选择 .xlsx 工作簿或 .csv 设备清单',
    en: 'the file is empty; choose an .xlsx workbook, or a .csv list of equipment',
  },
  'no-spreadsheet': {
    zh: '这不是 .xlsx 工作簿，也不是 .csv 文本，请在 Excel 或 WPS 中另存为 .xlsx',
    en: 'this is neither an .xlsx workbook nor .csv text; save it as .xlsx in Excel or WPS',
  },
  'old-excel': {
    zh: '这是旧版 .xls 文件，请另存为 .xlsx',
    en: 'this is an old .xls file; save it as .xlsx',
  },
  'password-protected': {
    zh: '工作簿有打开密码，请取消密码后再导入',
    en: 'the workbook is protected by a password; take the password off first',
  },
  damaged: {
    zh: '工作簿已损坏或不完整，请重新保存或重新上传',
    en: 'the workbook is damaged or not whole; save it again, or upload it again',
  },
  'too-large': {
    zh: `文件大于 ${megabytes(MAX_FILE_BYTES)}，请按企业分成几个文件`,
    en: `the file is larger than ${megabytes(MAX_FILE_BYTES)}; divide it by enterprise`,
  },
  'unpacks-too-large': {
    zh: `工作簿解压后大于 ${megabytes(MAX_UNPACKED_BYTES)}，请删除图片和多余的工作表，或按企业分成几个文件`,
    en: `the workbook unpacks to more than ${megabytes(MAX_UNPACKED_BYTES)}; take out pictures and further sheets, or divide it by enterprise`,
  },
  'too-many-rows': {
    zh: `工作表超过 ${MAX_ROWS} 行，请按企业分成几个文件`,
    en: `the sheet has more than ${MAX_ROWS} rows; divide it by enterprise`,
  },
  'too-much-memory': {
    zh: '工作簿过大，内存不足，请按企业分成几个文件',
    en: 'the workbook needs too much memory; divide it by enterprise',
  },
  'too-slow': {
    zh: `${MAX_READING_MS / 1000} 秒内未能读完，请按企业分成几个文件`,
    en: `the file could not be read within ${MAX_READING_MS / 1000} seconds; divide it by enterprise`,
  },
  'no-encoding': {
    zh: 'CSV 既不是 UTF-8 也不是 GB18030 编码，请另存为“CSV UTF-8”',
    en: 'the CSV is neither UTF-8 nor GB18030; save it as "CSV UTF-8"',
  },
  'no-known-sheet': {
    zh: '没有可识别的工作表，请使用模板',
    en: 'there is no sheet that is known; begin with the template',
  },
  'nothing-in-it': {
    zh: '所有工作表都没有数据行',
    en: 'no sheet has a row of data',
  },
} as const satisfies Record<string, Bilingual>;
export type FileRefusal = keyof typeof FILE_REFUSALS;

/** A file that can't be read as a whole. */
export class FileRefused extends Error {
  override name = 'FileRefused';
  readonly code: FileRefusal;
  readonly sheet: string | null;
  constructor(code: FileRefusal, sheet: string | null = null, options?: ErrorOptions) {
    super(FILE_REFUSALS[code].en, options);
    this.code = code;
    this.sheet = sheet;
  }
}
