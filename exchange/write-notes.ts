import type { WriteSheet } from 'hucre/xlsx';
import { sheets } from './sheets/index.ts';

/** The sheet that explains the others; nothing is read from it. */
export const NOTES_SHEET = '说明';

/** What every column means, in both languages, with an example. */
export function notesSheet(): WriteSheet {
  const rows = sheets.flatMap(({ title, columns }) =>
    Object.values(columns).map((column) => [
      title.zh,
      column.title.zh,
      'ifEmpty' in column ? '否' : '是',
      `${column.about.zh}。${column.kind.allowed.zh}`,
      `${column.title.en}: ${column.about.en}. ${column.kind.allowed.en}`,
      column.example,
    ]),
  );
  return {
    name: NOTES_SHEET,
    columns: [10, 14, 6, 60, 70, 24].map((width) => ({
      width,
      style: { alignment: { wrapText: true, vertical: 'top' } },
    })),
    rows: [['工作表', '列', '必填', '说明', 'English', '示例'], ...rows],
    freezePane: { rows: 1 },
  };
}
